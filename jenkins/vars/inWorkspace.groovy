/**
 * Runs steps on an agent, in a workspace that was empty before and is empty after, with the revision of this build.
 *
 * @param label of the agents: `aws-environments-check` has no role, `-plan` and `-apply` have one each
 */
def call(String label, int minutes, Closure body) {
  node(label) {
    timeout(time: minutes, unit: 'MINUTES') {
      deleteDir()
      try {
        def revision = checkout(scm)
        body(revision.GIT_COMMIT)
      } finally {
        deleteDir()
      }
    }
  }
}
