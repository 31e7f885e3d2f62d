import type { Statement } from './policy';

/**
 * Lets roles take the role whose trust policy this is of. The account as principal and the role as a condition: IAM
 * refuses a principal that does not exist yet, and turns it into an id that no longer fits once the role is made anew.
 */
export function trustRoles(arns: readonly string[], sid: string): Statement {
  const accounts = [...new Set(arns.map((arn) => arn.split(':')[4] ?? ''))].sort();
  return {
    Sid: sid,
    Principal: { AWS: accounts.map((account) => `arn:aws:iam::${account}:root`) },
    Action: 'sts:AssumeRole',
    Condition: { ArnEquals: { 'aws:PrincipalArn': [...arns].sort() } },
  };
}
