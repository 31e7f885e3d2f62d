/**
 * A declarative pipeline as Jenkins reads it: each block takes the names that it has there and no others.
 * https://www.jenkins.io/doc/book/pipeline/syntax/
 */
class Declarative {
  private static final CONDITIONS = ['branch', 'triggeredBy', 'expression', 'not', 'anyOf', 'allOf']
  private static final POST = ['always', 'success', 'failure', 'unstable', 'aborted', 'cleanup']
  private static final OPTIONS = [
    'disableConcurrentBuilds', 'skipDefaultCheckout', 'timestamps', 'timeout', 'buildDiscarder', 'logRotator',
  ]

  static void run(PipelineRun run, Closure body) {
    def top = new Block(run, ['agent', 'options', 'triggers', 'stages', 'post']).fill(body)
    assert top.found.agent == [['none']]
    run.options = new Block(run, OPTIONS).fill(top.closure('options')).found
    run.triggers = new Block(run, ['cron']).fill(top.closure('triggers')).found
    def stages = new Block(run, ['stage']).fill(top.closure('stages'))
    def thrown = null
    for (entry in stages.found.stage) {
      def stage = new Block(run, ['when', 'steps', 'post']).fill(entry[1] as Closure)
      if (thrown || (stage.found.when && !holds(run, stage.closure('when'), 'all'))) continue
      run.record('stage', entry[0])
      try {
        steps(run, stage.closure('steps'))
      } catch (Exception error) {
        thrown = error
        run.worsen('FAILURE')
        run.record('failure', error.message)
      }
    }
    def post = new Block(run, POST).fill(top.closure('post'))
    if (post.found.always) steps(run, post.closure('always'))
  }

  /** In declarative steps only `script` may hold a program. */
  private static void steps(PipelineRun run, Closure body) {
    def block = new Block(run, ['script']).fill(body)
    for (entry in block.found.script) Steps.execute(run, entry[0] as Closure)
  }

  private static boolean holds(PipelineRun run, Closure body, String how) {
    def block = new Block(run, CONDITIONS).fill(body)
    def results = block.found.collectMany { name, entries ->
      entries.collect { arguments ->
        switch (name) {
          case 'branch': return run.env.BRANCH_NAME == arguments[0] && run.env.CHANGE_ID == null
          case 'triggeredBy': return run.cause == arguments[0]
          case 'expression': return Steps.execute(run, arguments[0] as Closure) as boolean
          case 'not': return !holds(run, arguments[0] as Closure, 'all')
          case 'anyOf': return holds(run, arguments[0] as Closure, 'any')
          default: return holds(run, arguments[0] as Closure, 'all')
        }
      }
    }
    return how == 'all' ? results.every() : results.any()
  }
}
