/** A script whose unknown names are steps of a pipeline. */
abstract class StepScript extends Script {
  def methodMissing(String name, Object arguments) {
    return (binding.getVariable('pipelineRun') as PipelineRun).step(name, arguments as List)
  }

  def propertyMissing(String name) {
    return (binding.getVariable('pipelineRun') as PipelineRun).property(name)
  }
}
