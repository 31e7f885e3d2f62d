import { Construct } from 'constructs';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { IamRolePolicyAttachment } from '@cdktf/provider-aws/lib/iam-role-policy-attachment';
import { policyDocument, type Statement } from './policy';

/** What `grant…` calls write permissions into. */
export interface IGrantee {
  /** @param id names the policy: what is granted on what, e.g. `read-media` */
  allow(id: string, statements: readonly Statement[]): void;
}

export interface ServiceRoleProps {
  /** Unique in the account; IAM knows no regions, so the name carries one. */
  readonly name: string;
  /** What the role is for, for whoever finds it in the console. */
  readonly description: string;
  /** The service that assumes it, e.g. `ecs-tasks.amazonaws.com`; or several. */
  readonly service: string | readonly string[];
  /**
   * Only on behalf of this account, so that no one else's resource can make the service use it.
   * @default on behalf of whoever may pass the role, for a service that does not say whom it works for
   */
  readonly account?: string;
  /** The resources on whose behalf: an ARN, which may hold `*`. @default any of the account */
  readonly sourceArn?: string;
  /** ARNs of policies that AWS maintains. @default none */
  readonly managedPolicyArns?: readonly string[];
  /** ARN of the policy that limits whatever the role is given. @default none */
  readonly permissionsBoundary?: string | undefined;
}

/** A role for an AWS service: every permission is an inline policy with a name that says what it grants. */
export class ServiceRole extends Construct implements IGrantee {
  readonly arn: string;
  readonly name: string;

  constructor(scope: Construct, id: string, props: ServiceRoleProps) {
    super(scope, id);
    const role = new IamRole(this, 'Role', {
      name: props.name,
      description: props.description,
      assumeRolePolicy: trustPolicy(props),
      ...(props.permissionsBoundary !== undefined && { permissionsBoundary: props.permissionsBoundary }),
    });
    this.arn = role.arn;
    this.name = role.name;
    for (const arn of props.managedPolicyArns ?? []) {
      new IamRolePolicyAttachment(this, arn.split('/').at(-1) ?? arn, { role: role.name, policyArn: arn });
    }
  }

  allow(id: string, statements: readonly Statement[]): void {
    new IamRolePolicy(this, id, { role: this.name, name: id, policy: policyDocument(statements) });
  }
}

function trustPolicy({ service, account, sourceArn }: ServiceRoleProps): string {
  return policyDocument([
    {
      Principal: { Service: service },
      Action: 'sts:AssumeRole',
      ...(account !== undefined && {
        Condition: {
          StringEquals: { 'aws:SourceAccount': account },
          ...(sourceArn && { ArnLike: { 'aws:SourceArn': sourceArn } }),
        },
      }),
    },
  ]);
}
