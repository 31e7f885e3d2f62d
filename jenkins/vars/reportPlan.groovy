/**
 * Writes what a plan says to Bitbucket Cloud: a report on the commit (Code Insights), and on a pull request a comment. A
 * Bitbucket that does not answer makes the build unstable and keeps no plan from being applied.
 *
 * @param plan `plan.json`, or nothing where there is none
 */
def call(Map cell, int code, Map plan, String commit) {
  catchError(message: "${cell.name}: Bitbucket was not told", buildResult: 'UNSTABLE', stageResult: 'UNSTABLE') {
    writeJSON file: '.work/report.json', json: report(cell, code, plan)
    send('PUT', "commit/${commit}/reports/plan-${cell.name}", '.work/report.json')
    if (env.CHANGE_ID && plan != null) {
      writeJSON file: '.work/comment.json', json: [content: [raw: comment(cell)]]
      send('POST', "pullrequests/${env.CHANGE_ID}/comments", '.work/comment.json')
    }
  }
}

/** https://developer.atlassian.com/cloud/bitbucket/rest/api-group-reports/ */
private Map report(Map cell, int code, Map plan) {
  def numbers = [add: 0, change: 0, replace: 0, destroy: 0]
  def stateful = 0
  def waiting = 0
  for (stack in (plan == null ? [] : plan.stacks)) {
    if (stack.outcome == 'waiting') waiting += 1
    if (stack.summary) {
      for (kind in ['add', 'change', 'replace', 'destroy']) numbers[kind] += stack.summary[kind]
      stateful += stack.summary.losses.count { it.stateful }
    }
  }
  return [
    title: "Plan of ${cell.name}",
    details: code == 0 ? "${cell.stacks.size()} stacks planned" : "The plan ${announce.codeText(code)}",
    report_type: 'TEST',
    reporter: 'Jenkins',
    link: env.BUILD_URL,
    result: code == 0 ? 'PASSED' : 'FAILED',
    data: [
      [title: 'To add', type: 'NUMBER', value: numbers.add],
      [title: 'To change', type: 'NUMBER', value: numbers.change],
      [title: 'To replace', type: 'NUMBER', value: numbers.replace],
      [title: 'To destroy', type: 'NUMBER', value: numbers.destroy],
      [title: 'Stateful to lose', type: 'NUMBER', value: stateful],
      [title: 'Stacks that wait', type: 'NUMBER', value: waiting],
    ],
  ]
}

/** Bitbucket takes 32 KiB. */
private String comment(Map cell) {
  def text = readFile(".work/plan/${cell.name}/plan.md")
  return text.length() <= 30000 ? text : "${text.substring(0, 30000)}\n\n… the rest is in plan.md of ${env.BUILD_URL}"
}

private void send(String method, String path, String file) {
  withCredentials([string(credentialsId: 'aws-environments-bitbucket-token', variable: 'BITBUCKET_TOKEN')]) {
    withEnv(["METHOD=${method}", "BODY=${file}", "URL=https://api.bitbucket.org/2.0/repositories/${env.AWS_ENVIRONMENTS_REPOSITORY}/${path}"]) {
      // the token goes through a pipe: arguments can be read by every process of the agent, and traces by everybody
      sh label: "${method} ${path}", script: '''
        set +x
        printf 'header = "Authorization: Bearer %s"\\n' "$BITBUCKET_TOKEN" |
          curl --config - --silent --show-error --fail --max-time 30 --retry 3 --output /dev/null \\
            --request "$METHOD" --header 'Content-Type: application/json' --data "@$BODY" "$URL"
      '''
    }
  }
}
