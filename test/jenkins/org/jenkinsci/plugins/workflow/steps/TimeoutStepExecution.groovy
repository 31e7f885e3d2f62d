package org.jenkinsci.plugins.workflow.steps

class TimeoutStepExecution {
  /** Why what is in a time-out was interrupted: its time is over. */
  static class ExceededTimeout {
  }
}
