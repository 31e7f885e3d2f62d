/** Messages to Slack and by mail. They name environments and outcomes, and nothing of what is in them. */

/** An exit code in words. */
String codeText(int code) {
  switch (code) {
    case 0: return 'done'
    case 2: return 'refused: the settings are wrong'
    case 3: return 'refused'
    case 4: return 'found drift'
    default: return 'failed'
  }
}

void applied(Map cell, String approver) {
  slack('good', "${cell.name} was applied, approved by ${approver}: ${env.BUILD_URL}")
}

void drift(List names) {
  def text = "${names.join(', ')} ${names.size() == 1 ? 'differs' : 'differ'} from the code"
  slack('warning', "${text}: ${env.BUILD_URL}")
  mailTo("Drift: ${text}")
}

void buildResult() {
  def result = currentBuild.currentResult
  if (result == 'SUCCESS') return
  slack(result == 'UNSTABLE' ? 'warning' : 'danger', "${env.JOB_NAME} ended as ${result}: ${env.BUILD_URL}")
  mailTo("${env.JOB_NAME} ended as ${result}")
}

private void slack(String color, String message) {
  slackSend channel: env.AWS_ENVIRONMENTS_SLACK ?: '#deployments', color: color, message: message
}

private void mailTo(String subject) {
  if (env.AWS_ENVIRONMENTS_MAIL) mail to: env.AWS_ENVIRONMENTS_MAIL, subject: subject, body: "${subject}\n\n${env.BUILD_URL}\n"
}
