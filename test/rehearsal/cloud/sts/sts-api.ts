import { accessKeyOf } from '../caller';
import { escapeXml, type Exchange } from '../exchange';

const NAMESPACE = 'https://sts.amazonaws.com/doc/2011-06-15/';

export function answerSts(exchange: Exchange): void {
  const parameters = new URLSearchParams(exchange.body.toString('utf8'));
  const action = parameters.get('Action') ?? '';
  switch (action) {
    case 'GetCallerIdentity':
      return respond(exchange, 'GetCallerIdentity', callerIdentity(exchange.caller.account));
    case 'AssumeRole':
      return respond(exchange, 'AssumeRole', assumedRole(parameters.get('RoleArn') ?? ''));
    default:
      return exchange.xml(
        400,
        `<ErrorResponse><Error><Code>InvalidAction</Code>` +
          `<Message>Could not find operation ${escapeXml(action)}</Message>` +
          `</Error></ErrorResponse>`,
      );
  }
}

function callerIdentity(account: string): string {
  return (
    `<Arn>arn:aws:iam::${account}:user/stand-in</Arn>` +
    `<UserId>AIDASTANDIN</UserId><Account>${account}</Account>`
  );
}

/** The credentials of a role belong to the role's account. */
function assumedRole(roleArn: string): string {
  const account = roleArn.split(':')[4] ?? '';
  return (
    `<Credentials><AccessKeyId>${accessKeyOf(account)}</AccessKeyId>` +
    `<SecretAccessKey>stand-in</SecretAccessKey><SessionToken>stand-in</SessionToken>` +
    `<Expiration>2099-01-01T00:00:00Z</Expiration></Credentials>` +
    `<AssumedRoleUser><Arn>${escapeXml(roleArn)}</Arn>` +
    `<AssumedRoleId>AROASTANDIN:session</AssumedRoleId></AssumedRoleUser>`
  );
}

function respond(exchange: Exchange, action: string, result: string): void {
  exchange.xml(
    200,
    `<${action}Response xmlns="${NAMESPACE}"><${action}Result>${result}</${action}Result>` +
      `<ResponseMetadata><RequestId>stand-in</RequestId></ResponseMetadata></${action}Response>`,
  );
}
