/** Compares every environment with its code, with roles that only read. */
def call(List matrix) {
  def drifted = []
  def failed = []
  def branches = [:]
  for (cell in matrix) {
    def one = cell
    branches[one.name] = {
      lock("aws-environments-${one.name}") {
        inWorkspace('aws-environments-plan', 60) { commit ->
          def code = makeTarget('drift', one, 'plan')
          if (code == 4) drifted << one.name
          else if (code != 0) failed << "${one.name}: ${announce.codeText(code)}"
        }
      }
    }
  }
  parallel branches
  if (drifted) announce.drift(drifted)
  if (failed) error "drift: ${failed.join(', ')}"
  if (drifted) unstable "drift in ${drifted.join(', ')}"
}
