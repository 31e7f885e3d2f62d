/**
 * Runs a make target for one environment in the role that is for it. The SDK and Terraform take the role themselves, and
 * take it anew when its hour is over: an apply can last longer.
 *
 * @param duty `plan` or `apply`
 * @return how the command ended: 0 done, 1 failed, 2 wrong input, 3 refused, 4 drift
 */
int call(String target, Map cell, String duty, String allowDestroy = '') {
  writeFile file: '.work/aws-config', text: """[profile environment]
role_arn = ${cell.roles[duty]}
role_session_name = jenkins-${env.BUILD_NUMBER}
credential_source = ${env.AWS_ENVIRONMENTS_CREDENTIALS ?: 'Ec2InstanceMetadata'}
region = ${cell.region}
"""
  def status = 1
  withEnv([
    "AWS_CONFIG_FILE=${pwd()}/.work/aws-config",
    'AWS_PROFILE=environment',
    'EXIT_CODE_FILE=.work/exit-code',
    "TARGET=${target}",
    "ENVIRONMENT=${cell.name}",
    "DESTROY=${allowDestroy}",
  ]) {
    status = sh label: "make ${target} ENV=${cell.name}", returnStatus: true, script: '''
      rm -f "$EXIT_CODE_FILE"
      make "$TARGET" ENV="$ENVIRONMENT" ${DESTROY:+ALLOW_DESTROY="$DESTROY"}
    '''
  }
  if (status == 0) return 0
  // make says 2 for everything; a command that was killed has said nothing
  def code = fileExists('.work/exit-code') ? readFile('.work/exit-code').trim() : ''
  return code ==~ /[1-4]/ ? code as int : 1
}
