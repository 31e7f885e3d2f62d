package org.jenkinsci.plugins.workflow.support.steps.input

/** Why an input was interrupted: somebody has said no. */
class Rejection {
}
