package org.jenkinsci.plugins.workflow.steps

/** What Jenkins throws where an input is rejected or a time-out is over. */
class FlowInterruptedException extends Exception {
}
