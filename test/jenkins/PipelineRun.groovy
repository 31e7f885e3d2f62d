import groovy.json.JsonOutput
import groovy.json.JsonSlurper
import java.nio.file.FileSystems
import org.codehaus.groovy.control.CompilerConfiguration
import org.jenkinsci.plugins.workflow.steps.FlowInterruptedException
import org.jenkinsci.plugins.workflow.steps.TimeoutStepExecution
import org.jenkinsci.plugins.workflow.support.steps.input.Rejection

/** One build of the Jenkinsfile: its steps do what Jenkins does, in folders of this machine, and are written down. */
class PipelineRun {
  static final SECRETS = ['aws-environments-plan-key': 'plan-secret', 'aws-environments-bitbucket-token': 'bitbucket-secret']

  /** What is thrown in place of an approval, by its cause. Jenkins names who aborts a build by another class. */
  static final Map<String, Closure> INTERRUPTIONS = [
    reject: { new Rejection() }, expire: { new TimeoutStepExecution.ExceededTimeout() }, abort: { new Object() },
  ]

  final File project
  /** What the stub commands read and write. */
  final File stub = File.createTempDir()
  final File stashes = File.createTempDir()
  final Map<String, String> env
  final String cause
  /** By environment: who approves, or one of INTERRUPTIONS; and what is typed for ALLOW_DESTROY. */
  Map<String, String> answers = [:]
  Map<String, String> allowDestroy = [:]
  Map<String, Object> options = [:]
  Map<String, Object> triggers = [:]
  /** What happened, in order: kind, text, and under which node, lock and credentials. */
  final List<Map> events = []
  final StringBuilder output = new StringBuilder()
  String result = 'SUCCESS'

  private final Map<String, Script> vars = [:]
  private final List<Map> agents = []
  private final List<String> locks = []
  private final List<Map<String, String>> extra = []
  private final List<String> bound = []
  private int callsSeen = 0

  PipelineRun(File project, Map<String, String> env, String cause = 'BranchEventCause') {
    this.project = project
    this.env = [BUILD_NUMBER: '7', BUILD_URL: 'https://jenkins.example.com/7', JOB_NAME: 'aws-environments'] + env
    this.cause = cause
    new File(stub, 'codes').mkdirs()
    new File(stub, 'plans').mkdirs()
  }

  void start() {
    def configuration = new CompilerConfiguration(scriptBaseClass: StepScript.name)
    def shell = new GroovyShell(getClass().classLoader, new Binding(pipelineRun: this), configuration)
    for (file in new File(project, 'jenkins/vars').listFiles()) {
      vars[file.name - '.groovy'] = shell.parse(file)
    }
    shell.parse(new File(project, 'Jenkinsfile')).run()
  }

  /** Groovy 2.4, which Jenkins runs, has none of its own. */
  private static void removeLast(List list) { list.remove(list.size() - 1) }

  void record(String kind, Object text) {
    events << [
      kind: kind, text: text as String, node: agents ? agents.last().label : null, locks: locks.collect { it },
      credentials: bound.collect { it },
    ]
  }

  void worsen(String to) {
    def order = ['SUCCESS', 'UNSTABLE', 'FAILURE']
    if (order.indexOf(to) > order.indexOf(result)) result = to
  }

  Object property(String name) {
    switch (name) {
      case 'env': return env
      case 'scm': return 'scm'
      case 'currentBuild': return [currentResult: result]
    }
    if (vars.containsKey(name)) return vars[name]
    throw new MissingPropertyException(name, PipelineRun)
  }

  Object step(String name, List arguments) {
    if (vars.containsKey(name)) return vars[name].invokeMethod('call', arguments as Object[])
    def known = metaClass.respondsTo(this, "step_${name}", arguments as Object[])
    if (!known) throw new MissingMethodException(name, PipelineRun, arguments as Object[])
    return invokeMethod("step_${name}", arguments as Object[])
  }

  private File getFolder() {
    if (!agents) throw new IllegalStateException('this step needs an agent')
    return agents.last().folder as File
  }

  def step_library(String identifier) { record('library', identifier) }
  def step_pipeline(Closure body) { Declarative.run(this, body) }
  def step_echo(CharSequence text) { output << "${text}\n" }
  def step_error(CharSequence message) { throw new IllegalStateException(message.toString()) }

  def step_unstable(CharSequence message) {
    worsen('UNSTABLE')
    record('unstable', message)
  }

  def step_node(String label, Closure body) {
    def agent = [label: label, folder: File.createTempDir()]
    agents << agent
    try {
      // what an earlier build has left
      new File(agent.folder as File, 'left-over').text = 'x'
      body()
    } finally {
      record('workspace', (agent.folder as File).list().join(','))
      removeLast(agents)
    }
  }

  def step_lock(CharSequence name, Closure body) {
    if (agents) throw new IllegalStateException('waiting for a lock must hold no agent')
    locks << name.toString()
    try {
      body()
    } finally {
      removeLast(locks)
    }
  }

  def step_timeout(Map arguments, Closure body) {
    assert arguments.time > 0 && arguments.unit in ['MINUTES', 'HOURS']
    return body()
  }

  def step_parallel(Map<String, Closure> branches) {
    def thrown = null
    branches.each { name, body ->
      try {
        body()
      } catch (Exception error) {
        thrown = thrown ?: error
      }
    }
    if (thrown) throw thrown
  }

  def step_deleteDir() {
    folder.deleteDir()
    folder.mkdirs()
  }

  def step_checkout(Object scm) {
    assert scm == 'scm' && !folder.list(): 'what an earlier build has left must be gone'
    return [GIT_COMMIT: 'c0ffee']
  }

  def step_pwd() { folder.path }
  def step_writeFile(Map to) { write(to.file as String, to.text as String) }
  def step_readFile(CharSequence file) { new File(folder, file.toString()).text }
  def step_fileExists(CharSequence file) { new File(folder, file.toString()).exists() }
  def step_writeJSON(Map to) { write(to.file as String, JsonOutput.toJson(to.json)) }
  def step_readJSON(Map from) {
    assert from.returnPojo: 'a JSON object of the plugin cannot be kept while Jenkins restarts'
    new JsonSlurper().parse(new File(folder, from.file as String))
  }

  private void write(String name, String text) {
    def file = new File(folder, name)
    file.parentFile.mkdirs()
    file.text = text
  }

  def step_string(Map arguments) { arguments }

  def step_withCredentials(List<Map> wanted, Closure body) {
    for (one in wanted) {
      if (!SECRETS.containsKey(one.credentialsId)) throw new IllegalStateException("no credential ${one.credentialsId}")
      bound << (one.credentialsId as String)
      extra << [(one.variable as String): SECRETS[one.credentialsId]]
    }
    try {
      return body()
    } finally {
      wanted.each {
        removeLast(bound)
        removeLast(extra)
      }
    }
  }

  def step_withEnv(List<CharSequence> pairs, Closure body) {
    extra << pairs.collectEntries { pair ->
      def at = pair.toString().indexOf('=')
      [(pair.toString().substring(0, at)): pair.toString().substring(at + 1)]
    }
    try {
      return body()
    } finally {
      removeLast(extra)
    }
  }

  /** As Jenkins does it: with a trace, and all output in the log. */
  def step_sh(Map arguments) {
    record('sh', arguments.script)
    def builder = new ProcessBuilder('/bin/sh', '-xe', '-c', arguments.script as String)
    builder.directory(folder).redirectErrorStream(true)
    def variables = builder.environment()
    variables.clear()
    for (one in [[PATH: "${new File(project, 'test/jenkins/stubs')}:/usr/bin:/bin", STUB: stub.path]] + extra) {
      one.each { name, value -> variables.put(name.toString(), value.toString()) }
    }
    def process = builder.start()
    output << process.inputStream.text
    def status = process.waitFor()
    seeCalls()
    if (arguments.returnStatus) return status
    if (status != 0) throw new IllegalStateException("script returned exit code ${status}")
  }

  private void seeCalls() {
    def file = new File(stub, 'calls')
    def lines = file.exists() ? file.readLines() : []
    lines.drop(callsSeen).each { record('make', it) }
    callsSeen = lines.size()
  }

  def step_stash(Map arguments) {
    def names = matching(arguments.includes as String)
    record('stash', "${arguments.name}: ${names.join(',')}")
    for (name in names) {
      def copy = new File(new File(stashes, arguments.name as String), name)
      copy.parentFile.mkdirs()
      copy.bytes = new File(folder, name).bytes
    }
  }

  def step_unstash(CharSequence name) {
    def from = new File(stashes, name.toString())
    if (!from.exists()) throw new IllegalStateException("no stash ${name}")
    from.eachFileRecurse(groovy.io.FileType.FILES) { write(from.toPath().relativize(it.toPath()).toString(), it.text) }
  }

  def step_archiveArtifacts(Map arguments) {
    matching(arguments.artifacts as String).each { record('archive', it) }
  }

  private List<String> matching(String patterns) {
    def found = []
    folder.eachFileRecurse(groovy.io.FileType.FILES) { found << folder.toPath().relativize(it.toPath()) }
    def matchers = patterns.split(',').collect { FileSystems.default.getPathMatcher("glob:${it}") }
    return found.findAll { path -> matchers.any { it.matches(path) } }*.toString().sort()
  }

  def step_input(Map arguments) {
    def name = (arguments.id as String) - 'apply-'
    record('input', "${name} by ${arguments.submitter}: ${arguments.message}")
    def answer = answers[name] ?: 'somebody'
    if (INTERRUPTIONS[answer]) throw new FlowInterruptedException(INTERRUPTIONS[answer]())
    return [(arguments.submitterParameter): answer, ALLOW_DESTROY: allowDestroy[name] ?: '']
  }

  def step_catchError(Map arguments, Closure body) {
    try {
      body()
    } catch (Exception error) {
      worsen(arguments.buildResult as String)
      record('caught', "${arguments.message}: ${error.message}")
    }
  }

  def step_slackSend(Map arguments) { record('slack', "${arguments.color}: ${arguments.message}") }
  def step_mail(Map arguments) { record('mail', "${arguments.to}: ${arguments.subject}") }
}
