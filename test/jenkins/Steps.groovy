/** Where a program in a declarative pipeline finds its steps. */
class Steps {
  final PipelineRun run

  Steps(PipelineRun run) {
    this.run = run
  }

  /** Runs it with steps alone: of the declarative blocks around it, a program knows none. */
  static Object execute(PipelineRun run, Closure program) {
    program.delegate = new Steps(run)
    program.resolveStrategy = Closure.DELEGATE_ONLY
    return program()
  }

  def methodMissing(String name, Object arguments) {
    return run.step(name, arguments as List)
  }

  def propertyMissing(String name) {
    return run.property(name)
  }
}
