package org.jenkinsci.plugins.workflow.steps

/** What Jenkins throws where an input is rejected, a time-out is over or the build is aborted. */
class FlowInterruptedException extends Exception {
  final List causes

  FlowInterruptedException(Object cause) {
    super("interrupted: ${cause.class.simpleName}".toString())
    this.causes = [cause]
  }
}
