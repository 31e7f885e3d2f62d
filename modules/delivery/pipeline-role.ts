import { Construct } from 'constructs';
import { IamRole } from '@cdktf/provider-aws/lib/iam-role';
import { IamRolePolicy } from '@cdktf/provider-aws/lib/iam-role-policy';
import { IamRolePolicyAttachment } from '@cdktf/provider-aws/lib/iam-role-policy-attachment';
import { policyDocument, type Statement } from '../access/policy';
import { trustRoles } from '../access/role-trust';
import { PIPELINE_PATH } from './pipeline-names';

/** Inline policies by name. */
export type Policies = Readonly<Record<string, readonly Statement[]>>;

export interface PipelineRoleProps {
  readonly name: string;
  readonly description: string;
  /** ARNs of the roles that may take it. */
  readonly trusted: readonly string[];
  readonly policies: Policies;
  /** ARNs of managed policies by name, for what harms nobody whoever gets it. */
  readonly managed: Readonly<Record<string, string>>;
}

/**
 * A role that agents take. Its own policies are inline: a managed one could be given to somebody else as well. What only
 * reads is managed all the same, as IAM counts the characters of inline policies of a role together.
 */
export class PipelineRole extends Construct {
  constructor(scope: Construct, id: string, props: PipelineRoleProps) {
    super(scope, id);
    const { name, description, trusted, policies, managed } = props;
    const role = new IamRole(this, 'Role', {
      name,
      path: PIPELINE_PATH,
      description,
      assumeRolePolicy: policyDocument([trustRoles(trusted, 'Agents')]),
    });
    for (const [policy, statements] of Object.entries(policies)) {
      new IamRolePolicy(this, policy, { role: role.name, name: policy, policy: policyDocument(statements) });
    }
    for (const [policy, policyArn] of Object.entries(managed)) {
      new IamRolePolicyAttachment(this, policy, { role: role.name, policyArn });
    }
  }
}
