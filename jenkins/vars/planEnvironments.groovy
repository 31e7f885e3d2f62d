/**
 * Plans every environment, each on an agent of its own, and says so in Bitbucket.
 *
 * @param keep whether the plans will be applied: then they are encrypted, and kept until the end of this build
 * @return by environment, what the plan says: `plan.json`, which holds no values
 */
def call(List matrix, boolean keep) {
  def plans = [:]
  def failed = []
  def branches = [:]
  for (cell in matrix) {
    def one = cell
    branches[one.name] = {
      // waiting for the lock takes no agent
      lock("aws-environments-${one.name}") {
        inWorkspace('aws-environments-plan', 60) { commit ->
          def code = keep ? planToKeep(one) : makeTarget('plan', one, 'plan')
          def folder = ".work/plan/${one.name}"
          def plan = fileExists("${folder}/plan.json") ? readJSON(file: "${folder}/plan.json", returnPojo: true) : null
          archiveArtifacts artifacts: "${folder}/plan.*", allowEmptyArchive: true
          reportPlan(one, code, plan, commit)
          if (code == 0 && plan != null) plans[one.name] = plan
          else failed << "${one.name}: ${announce.codeText(code)}"
        }
      }
    }
  }
  parallel branches
  if (failed) error "plan: ${failed.join(', ')}"
  return plans
}

/** Plan files hold secrets: only encrypted ones leave the agent, in a stash that Jenkins deletes with the end of the build. */
private int planToKeep(Map cell) {
  def code = 1
  withCredentials([string(credentialsId: 'aws-environments-plan-key', variable: 'PLAN_KEY')]) {
    code = makeTarget('plan', cell, 'plan')
  }
  if (code == 0) {
    stash name: "plan-${cell.name}", allowEmpty: true,
      includes: '.work/terraform/*/tfplan,.work/terraform/*/plan.json,.work/terraform/*/.terraform.lock.hcl'
  }
  return code
}
