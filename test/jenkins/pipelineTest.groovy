import groovy.json.JsonOutput

// Runs the Jenkinsfile as Groovy, with stub commands, in every way that Jenkins starts it.
// Arguments: the top folder of the project, what `make matrix` has written, and a pattern of tests to run.
def project = new File(args[0])
def matrixFile = new File(args[1])
def pattern = args.length > 2 ? args[2] : ''
def last = null

def planOf = { Map counts -> [stacks: [[id: 'foundation', outcome: 'unchanged'], [id: 'workload', outcome: 'planned',
  summary: [add: 0, change: 0, replace: 0, destroy: 0, losses: []] + counts]]] }
def UNCHANGED = [stacks: [[id: 'foundation', outcome: 'unchanged']]]
def WAITING = [stacks: planOf(add: 1).stacks + [[id: 'other', outcome: 'waiting', waiting: [[for: 'workload']]]]]
def LOSING = planOf(destroy: 2, losses: [
  [address: 'aws_rds_cluster.databases_orders', how: 'destroy', stateful: true],
  [address: 'aws_lb.x', how: 'destroy', stateful: false],
])

def build = { Map scenario ->
  def run = new PipelineRun(project, (scenario.env ?: [:]) as Map, (scenario.cause ?: 'BranchEventCause') as String)
  new File(run.stub, 'matrix.json').text = matrixFile.text
  for (name in ['dev', 'qa', 'beta', 'prod']) {
    new File(run.stub, "plans/${name}.json").text = JsonOutput.toJson(scenario.plans?.get(name) ?: planOf(add: 3))
  }
  (scenario.codes ?: [:]).each { call, code -> new File(run.stub, "codes/${call}").text = code }
  if (scenario.bitbucketIsDown) new File(run.stub, 'bitbucket-is-down').text = ''
  run.answers = (scenario.answers ?: [:]) as Map
  run.allowDestroy = (scenario.allowDestroy ?: [:]) as Map
  last = run
  run.start()
  return run
}

def texts = { run, String kind -> run.events.findAll { it.kind == kind }*.text }
def makes = { run -> texts(run, 'make') }
def sent = { run -> def file = new File(run.stub, 'sent'); file.exists() ? file.readLines() : [] }
def at = { run, String kind, String start -> run.events.findIndexOf { it.kind == kind && it.text.startsWith(start) } }

def MAIN = [BRANCH_NAME: 'main', AWS_ENVIRONMENTS_MAIL: 'team@example.com', AWS_ENVIRONMENTS_REPOSITORY: 'company/aws']
def PULL_REQUEST = [BRANCH_NAME: 'PR-5', CHANGE_ID: '5', AWS_ENVIRONMENTS_REPOSITORY: 'company/aws']
def FORK = PULL_REQUEST + [CHANGE_FORK: 'somebody']
def NIGHTLY = [env: MAIN, cause: 'TimerTrigger']

def tests = [:]

tests['a pull request from a fork gets checks, and no credential, role, plan or message'] = {
  def run = build(env: FORK)
  assert texts(run, 'stage') == ['Check']
  assert makes(run) == ['check | role  | key without', 'test | role  | key without', 'synth | role  | key without']
  assert run.events.findAll { it.node }*.node.unique() == ['aws-environments-check']
  assert run.events.every { !it.credentials && !it.locks }
  assert !sent(run) && !texts(run, 'slack') && !texts(run, 'mail') && run.result == 'SUCCESS'
}

tests['a fork cannot be main, whatever its branch is called'] = {
  def run = build(env: FORK + [BRANCH_NAME: 'main'])
  assert texts(run, 'stage') == ['Check'] && run.result == 'SUCCESS' && run.events.every { !it.credentials }
}

tests['a pull request of ours is planned by the role that reads, and nothing is kept, asked or applied'] = {
  def run = build(env: PULL_REQUEST)
  assert texts(run, 'stage') == ['Check', 'Matrix', 'Plan']
  assert makes(run).findAll { it.startsWith('plan') } == ['dev', 'qa', 'beta', 'prod'].collect {
    "plan <ENV=${it}> | role delivery/${it}-plan | key without".toString()
  }
  assert !texts(run, 'stash') && !texts(run, 'input') && !makes(run).any { it.startsWith('apply') }
  assert run.events.findAll { it.kind == 'make' && it.text.startsWith('plan') }.every { it.node == 'aws-environments-plan' }
}

tests['a plan goes to Bitbucket: a report on the commit, and a comment on the pull request'] = {
  def run = build(env: PULL_REQUEST, plans: [dev: LOSING])
  def base = 'https://api.bitbucket.org/2.0/repositories/company/aws'
  assert sent(run).size() == 8
  assert sent(run)[0].startsWith("PUT ${base}/commit/c0ffee/reports/plan-dev {")
  assert sent(run)[0].contains('"title":"To destroy","type":"NUMBER","value":2')
  assert sent(run)[0].contains('"title":"Stateful to lose","type":"NUMBER","value":1')
  assert sent(run)[0].contains('"result":"PASSED"')
  assert sent(run)[1] == "POST ${base}/pullrequests/5/comments {\"content\":{\"raw\":\"# Plan of dev\\n\"}}"
  def branch = build(env: PULL_REQUEST + [BRANCH_NAME: 'feature', CHANGE_ID: null])
  assert sent(branch)*.substring(0, 3) == ['PUT'] * 4
}

tests['main applies what was approved, in the role that applies, and production after beta'] = {
  def run = build(env: MAIN, answers: [prod: 'ann'])
  assert texts(run, 'stage') == ['Check', 'Matrix', 'Plan', 'Promote'] && run.result == 'SUCCESS'
  assert makes(run).findAll { it.startsWith('apply') } == ['dev', 'qa', 'beta', 'prod'].collect {
    "apply <ENV=${it}> | role delivery/${it}-apply | key with".toString()
  }
  for (name in ['dev', 'qa', 'beta', 'prod']) {
    assert at(run, 'input', name) > at(run, 'make', "plan <ENV=${name}>")
    assert at(run, 'make', "apply <ENV=${name}>") > at(run, 'input', name)
  }
  assert at(run, 'input', 'prod') > at(run, 'make', 'apply <ENV=beta>')
  assert texts(run, 'input').last() ==
    'prod by production-approvers: Apply prod? 3 to add, 0 to change, 0 to replace, 0 to destroy in 1 stacks. Read plan.md of this build first.'
  assert texts(run, 'input').first().startsWith('dev by platform-team: ')
  assert texts(run, 'slack').last() == 'good: prod was applied, approved by ann: https://jenkins.example.com/7'
}

tests['approval holds no agent and no lock'] = {
  def inputs = build(env: MAIN).events.findAll { it.kind == 'input' }
  assert inputs.size() == 4 && inputs.every { it.node == null && !it.locks && !it.credentials }
}

tests['plans and applies of an environment hold its lock, on the agents that are for them'] = {
  def events = build(env: MAIN).events.findAll { it.kind == 'make' && it.text =~ /^(plan|apply) / }
  assert events.size() == 8
  for (event in events) {
    def (_, target, name) = (event.text =~ /^(\w+) <ENV=(\w+)>/)[0]
    assert event.locks == ["aws-environments-${name}".toString()]
    assert event.node == "aws-environments-${target}".toString()
    assert event.credentials == ['aws-environments-plan-key']
  }
}

tests['plan files leave an agent encrypted, in a stash, and are no artifacts'] = {
  def run = build(env: MAIN)
  assert texts(run, 'stash').first() == 'plan-dev: .work/terraform/dev-stack/plan.json,.work/terraform/dev-stack/tfplan'
  assert texts(run, 'archive').unique().every { it ==~ '.work/plan/\\w+/plan.(md|json)' }
  run.stashes.eachFileRecurse { if (it.name == 'tfplan') assert it.text.startsWith('sealed ') }
}

tests['what an approver types to be destroyed is one argument, whatever it holds'] = {
  def address = 'aws_rds_cluster.databases["a b"]; rm -rf $HOME'
  def run = build(env: MAIN, plans: [dev: LOSING], allowDestroy: [dev: address])
  assert makes(run).contains("apply <ENV=dev> <ALLOW_DESTROY=${address}> | role delivery/dev-apply | key with".toString())
}

tests['production is not applied where beta was not approved, and the others are'] = {
  def run = build(env: MAIN, answers: [beta: 'reject'])
  assert makes(run).findAll { it.startsWith('apply') }*.find(/ENV=\w+/) == ['ENV=dev', 'ENV=qa']
  assert texts(run, 'failure') == ['beta: not approved, prod: not applied, as beta was not']
  assert texts(run, 'slack').last() == 'danger: aws-environments ended as FAILURE: https://jenkins.example.com/7'
  assert texts(run, 'mail') == ['team@example.com: aws-environments ended as FAILURE']
}

tests['an approval whose time is over is none, and the others are asked'] = {
  def run = build(env: MAIN, answers: [dev: 'expire'])
  assert makes(run).findAll { it.startsWith('apply') }*.find(/ENV=\w+/) == ['ENV=qa', 'ENV=beta', 'ENV=prod']
  assert texts(run, 'failure') == ['dev: not approved']
}

tests['nobody is asked any more once the build was aborted'] = {
  def run = build(env: MAIN, plans: [qa: UNCHANGED, beta: UNCHANGED], answers: [dev: 'abort'])
  assert texts(run, 'input')*.find(/^\w+/) == ['dev'] && !makes(run).any { it.startsWith('apply') }
  assert texts(run, 'failure') == ['interrupted: Object'] && run.result == 'FAILURE'
}

['1': 'failed', '2': 'refused: the settings are wrong', '3': 'refused', 'killed': 'failed'].each { code, text ->
  tests["production is not applied where beta's apply ended with ${code}"] = {
    def run = build(env: MAIN, codes: ['apply-beta': code])
    assert !makes(run).any { it.startsWith('apply <ENV=prod>') } && run.result == 'FAILURE'
    assert texts(run, 'failure') == ["beta: apply ${text}, prod: not applied, as beta was not".toString()]
  }
}

tests['production is not applied while stacks of beta wait'] = {
  def run = build(env: MAIN, plans: [beta: WAITING])
  assert texts(run, 'failure') == ['beta: 1 stacks wait for what was applied, build again, prod: not applied, as beta was not']
}

tests['nobody is asked where nothing changes'] = {
  def run = build(env: MAIN, plans: ['dev', 'qa', 'beta', 'prod'].collectEntries { [it, UNCHANGED] })
  assert texts(run, 'stage').last() == 'Promote' && run.result == 'SUCCESS'
  assert !texts(run, 'input') && !makes(run).any { it.startsWith('apply') } && !texts(run, 'slack')
}

tests['users of databases that an earlier apply could not make are made where nothing changes'] = {
  def plans = [dev: UNCHANGED, beta: UNCHANGED, qa: WAITING]
  def run = build(env: MAIN, plans: plans)
  def users = ['dev', 'beta'].collect { "users <ENV=${it}> | role delivery/${it}-apply | key without".toString() }
  assert makes(run).findAll { it.startsWith('users') } == users && makes(run).any { it.startsWith('apply <ENV=prod>') }
  def failing = build(env: MAIN, plans: plans, codes: ['users-beta': '1'])
  assert texts(failing, 'failure')[0].contains('beta: users of databases failed, prod: not applied, as beta was not')
}

tests['nothing is applied where one plan did not come about, and all others are made'] = {
  def run = build(env: MAIN, codes: ['plan-dev': '3'])
  assert texts(run, 'stage').last() == 'Plan' && !texts(run, 'input') && run.result == 'FAILURE'
  assert texts(run, 'failure') == ['plan: dev: refused']
  assert makes(run).findAll { it.startsWith('plan') }.size() == 4
  assert sent(run)[0].contains('"details":"The plan refused","report_type":"TEST"') && sent(run)[0].contains('"result":"FAILED"')
}

tests['a Bitbucket that does not answer is said, and keeps nothing from being applied'] = {
  def run = build(env: MAIN, bitbucketIsDown: true)
  assert run.result == 'UNSTABLE' && makes(run).findAll { it.startsWith('apply') }.size() == 4
  assert texts(run, 'caught').first() == 'dev: Bitbucket was not told: script returned exit code 1'
}

tests['each night main is compared with what is there, in the role that reads, and nothing else runs'] = {
  def run = build(NIGHTLY)
  assert run.triggers.cron == [['H 3 * * *']] && texts(run, 'stage') == ['Matrix', 'Drift'] && run.result == 'SUCCESS'
  assert makes(run).drop(1) == ['dev', 'qa', 'beta', 'prod'].collect {
    "drift <ENV=${it}> | role delivery/${it}-plan | key without".toString()
  }
  assert !texts(run, 'slack') && run.events.every { !it.credentials }
  assert build(env: PULL_REQUEST).triggers.cron == [['']]
}

tests['drift is a message to Slack and by mail, and no failure'] = {
  def run = build(NIGHTLY + [codes: ['drift-beta': '4', 'drift-prod': '4']])
  assert run.result == 'UNSTABLE' && texts(run, 'unstable') == ['drift in beta, prod']
  assert texts(run, 'slack').first() == 'warning: beta, prod differ from the code: https://jenkins.example.com/7'
  assert texts(run, 'mail').first() == 'team@example.com: Drift: beta, prod differ from the code'
}

tests['a drift that could not be looked for is a failure, and the drift of others is said'] = {
  def run = build(NIGHTLY + [codes: ['drift-beta': '1', 'drift-dev': '4']])
  assert run.result == 'FAILURE' && texts(run, 'failure') == ['drift: beta: failed']
  assert texts(run, 'slack').first() == 'warning: dev differs from the code: https://jenkins.example.com/7'
}

tests['no secret is in the log, in an argument or in a message'] = {
  for (run in [build(env: MAIN), build(env: PULL_REQUEST)]) {
    def said = [run.output.toString(), new File(run.stub, 'curl-arguments').text, run.events*.text.join('\n'), sent(run).join('\n')]
    for (secret in PipelineRun.SECRETS.values()) assert !said.any { it.contains(secret) }
  }
}

tests['every workspace is empty before and after'] = {
  for (run in [build(env: MAIN), build(env: MAIN, codes: ['plan-dev': '1']), build(env: FORK)]) {
    assert texts(run, 'workspace').every { it == '' } && texts(run, 'workspace')
  }
}

tests['builds of a branch do not overlap, and the steps are those of main'] = {
  def run = build(env: PULL_REQUEST)
  assert run.options.keySet().containsAll(['disableConcurrentBuilds', 'timeout', 'skipDefaultCheckout'])
  assert texts(run, 'library') == ['aws-environments@main']
}

tests['steps call make, and curl for Bitbucket, and nothing else'] = {
  def commands = build(env: MAIN).events.findAll { it.kind == 'sh' }*.text*.trim().collectMany { it.readLines() }*.trim()
  def starts = ['make ', 'rm -f "$EXIT_CODE_FILE"', 'set +x', "printf 'header", 'curl ', '--request']
  assert commands.findAll { line -> !starts.any { line.startsWith(it) } } == []
}

def failed = 0
tests = tests.findAll { it.key =~ pattern }
tests.each { name, body ->
  try {
    body()
    println "ok      ${name}"
  } catch (Throwable error) {
    failed += 1
    println "FAILED  ${name}\n${error}\n  ${error.stackTrace.findAll { it.fileName?.endsWith('.groovy') || it.fileName == 'Jenkinsfile' }.take(8).join('\n  ')}"
    println "last build: ${last?.events?.findAll { it.kind in ['failure', 'caught'] }*.text}\n${last?.output}"
  }
}
println "Tests  ${tests.size() - failed} passed${failed ? " | ${failed} failed" : ''}"
System.exit(failed ? 1 : 0)
