import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException
import org.jenkinsci.plugins.workflow.steps.TimeoutStepExecution
import org.jenkinsci.plugins.workflow.support.steps.input.Rejection

/**
 * Applies what was planned and approved, environment after environment. One that comes after another one waits until that
 * is wholly applied; if it is not, neither is this one.
 */
def call(List matrix, Map plans) {
  def done = []
  def left = matrix.collect { it }
  def problems = []
  while (left) {
    def wave = left.findAll { !it.after || done.contains(it.after) }
    if (!wave) break
    left = left.findAll { !wave.contains(it) }
    def branches = [:]
    for (cell in wave) {
      def one = cell
      branches[one.name] = {
        def end = promote(one, plans[one.name])
        if (end == 'done') done << one.name
        else problems << "${one.name}: ${end}"
      }
    }
    parallel branches
  }
  for (cell in left) problems << "${cell.name}: not applied, as ${cell.after} was not"
  if (problems) error problems.join(', ')
}

private String promote(Map cell, Map plan) {
  def planned = plan.stacks.findAll { it.outcome == 'planned' }
  def waiting = plan.stacks.findAll { it.outcome == 'waiting' }
  if (planned) {
    def approval = null
    try {
      approval = ask(cell, planned)
    } catch (FlowInterruptedException interruption) {
      if (!isRefused(interruption)) throw interruption
      return 'not approved'
    }
    echo "${cell.name}: approved by ${approval.APPROVER}"
    def code = apply(cell, approval.ALLOW_DESTROY ?: '')
    if (code != 0) return "apply ${announce.codeText(code)}"
    announce.applied(cell, approval.APPROVER)
  } else if (!waiting) {
    // what an earlier apply could not finish; an apply makes users itself
    def code = makeUsers(cell)
    if (code != 0) return "users of databases ${announce.codeText(code)}"
  }
  return waiting ? "${waiting.size()} stacks wait for what was applied, build again" : 'done'
}

/** By what was asked, and not with the whole build: who aborts that wants nothing more to be applied. */
private boolean isRefused(interruption) {
  for (cause in interruption.causes) {
    if (cause instanceof Rejection) return true
    if (cause instanceof TimeoutStepExecution.ExceededTimeout) return true
  }
  return false
}

/** On no agent, and for less time than saved plans live. */
private Map ask(Map cell, List planned) {
  def approval = [:]
  timeout(time: 4, unit: 'HOURS') {
    approval = input(
      id: "apply-${cell.name}",
      message: "Apply ${cell.name}? ${summary(planned)}. Read plan.md of this build first.",
      ok: 'Apply',
      submitter: cell.approvers.join(','),
      submitterParameter: 'APPROVER',
      parameters: [
        string(
          name: 'ALLOW_DESTROY',
          defaultValue: '',
          description: 'Address of a stateful resource that may be destroyed or replaced; usually empty',
        ),
      ],
    )
  }
  return approval
}

private String summary(List planned) {
  def add = 0
  def change = 0
  def replace = 0
  def destroy = 0
  for (stack in planned) {
    add += stack.summary.add
    change += stack.summary.change
    replace += stack.summary.replace
    destroy += stack.summary.destroy
  }
  return "${add} to add, ${change} to change, ${replace} to replace, ${destroy} to destroy in ${planned.size()} stacks"
}

private int apply(Map cell, String allowDestroy) {
  def code = 1
  lock("aws-environments-${cell.name}") {
    inWorkspace('aws-environments-apply', 180) { commit ->
      unstash "plan-${cell.name}"
      withCredentials([string(credentialsId: 'aws-environments-plan-key', variable: 'PLAN_KEY')]) {
        code = makeTarget('apply', cell, 'apply', allowDestroy)
      }
    }
  }
  return code
}

/** Of what was applied, and so approved. Where they are right already, nothing changes. */
private int makeUsers(Map cell) {
  def code = 1
  lock("aws-environments-${cell.name}") {
    inWorkspace('aws-environments-apply', 180) { commit ->
      code = makeTarget('users', cell, 'apply')
    }
  }
  return code
}
