/** The environments by what is synthesized; on an agent that runs no code of forks. */
def call() {
  def cells = []
  inWorkspace('aws-environments-plan', 30) { commit ->
    sh label: 'make matrix', script: 'make matrix OUT=.work/matrix.json'
    cells = readJSON(file: '.work/matrix.json', returnPojo: true)
  }
  return cells
}
