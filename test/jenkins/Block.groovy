/** A block of a declarative pipeline, which knows what may stand in it. */
class Block {
  final PipelineRun run
  final Map<String, Object> found = [:]
  final Set<String> allowed

  Block(PipelineRun run, Collection<String> allowed) {
    this.run = run
    this.allowed = allowed as Set
  }

  def methodMissing(String name, Object arguments) {
    if (!allowed.contains(name)) throw new IllegalStateException("${name} is not allowed here; there is ${allowed}")
    def list = arguments as List
    found[name] = (found[name] ?: []) + [list]
    return list
  }

  def propertyMissing(String name) {
    if (name == 'none' || name == 'any') return name
    return run.property(name)
  }

  Block fill(Closure body) {
    body.delegate = this
    body.resolveStrategy = Closure.DELEGATE_FIRST
    body()
    return this
  }

  Closure closure(String name) {
    return found[name] ? found[name][0][0] as Closure : null
  }
}
