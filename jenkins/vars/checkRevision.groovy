/** What every revision has to pass, forks included. The agents have no role and the steps no credential. */
def call() {
  inWorkspace('aws-environments-check', 90) { commit ->
    sh label: 'types, lint and format', script: 'make check'
    sh label: 'tests and policies', script: 'make test'
    sh label: 'synthesis', script: 'make synth'
  }
}
