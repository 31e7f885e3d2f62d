import { Construct } from 'constructs';
import { IamPolicy } from '@cdktf/provider-aws/lib/iam-policy';
import { policyDocument } from '../access/policy';
import { applyPolicies } from './apply-policies';
import { boundaryPolicy } from './boundary-policy';
import { boundaryName, PIPELINE_PATH, pipelineRoleName, readPolicyName } from './pipeline-names';
import { PipelineRole } from './pipeline-role';
import { planPolicies, readResources } from './plan-policies';

/** What the roles of one environment may touch. */
export interface EnvironmentScope {
  readonly environment: string;
  /** Twelve digits. */
  readonly account: string;
  /** Of its public names. @default none, and no record can be changed */
  readonly domain?: string | undefined;
  /** Names of buckets that it has taken over, which do not begin with its own. @default none */
  readonly existingBuckets?: readonly string[];
  /** Every region that it stands in. */
  readonly regions: readonly string[];
  /** Name of its state buckets with `*` for the region: a list of them all would not fit into IAM's limits. */
  readonly stateBuckets: string;
  /** With `alias/`, the same in each region. */
  readonly stateKeyAlias: string;
  /**
   * Whether its stacks hold master passwords: to refresh such a secret the provider reads its value, so whoever plans
   * has to.
   */
  readonly holdsMasterPasswords: boolean;
}

export interface EnvironmentRolesProps extends EnvironmentScope {
  /** ARNs of the agents' roles that may plan. */
  readonly planners: readonly string[];
  /** ARNs of the agents' roles that may apply. */
  readonly appliers: readonly string[];
}

/**
 * The two roles with which a pipeline works on one environment, and the boundary of the roles that it makes. They stand
 * outside of the environment, under a path where its apply role may change nothing.
 */
export class EnvironmentRoles extends Construct {
  constructor(scope: Construct, id: string, props: EnvironmentRolesProps) {
    super(scope, id);
    const { environment, planners, appliers } = props;
    new IamPolicy(this, 'Boundary', {
      name: boundaryName(environment),
      path: PIPELINE_PATH,
      description: `The most that roles of ${environment} can do`,
      policy: policyDocument(boundaryPolicy(props)),
    });
    const read = new IamPolicy(this, 'Read', {
      name: readPolicyName(environment),
      path: PIPELINE_PATH,
      description: `What plans of ${environment} read of its resources, and no data`,
      policy: policyDocument([readResources()]),
    });
    const managed = { 'read-resources': read.arn };
    new PipelineRole(this, 'Plan', {
      name: pipelineRoleName(environment, 'plan'),
      description: `Plans ${environment}: reads, and writes nothing but lock files`,
      trusted: planners,
      policies: planPolicies(props),
      managed,
    });
    new PipelineRole(this, 'Apply', {
      name: pipelineRoleName(environment, 'apply'),
      description: `Applies approved plans of ${environment}`,
      trusted: appliers,
      policies: applyPolicies(props),
      managed,
    });
  }
}
