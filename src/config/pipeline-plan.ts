import type { EnvironmentRolesProps } from '../../modules/delivery/environment-roles';
import { stateBucketName, stateKeyAlias } from '../stacks/base-stack';
import { regionsOf, type Environment, type Estate } from './estate';

/** Who may plan and apply one environment, and what that takes. */
export type PipelinePlan = EnvironmentRolesProps;

/** The environments of one account; none where Jenkins has no roles. */
export function planPipelines({ environments, shared }: Estate, account: string): readonly PipelinePlan[] {
  const agents = shared?.delivery?.agents;
  if (!agents) return [];
  return environments
    .filter(({ settings }) => settings.account === account)
    .map((environment) => ({ ...scopeOf(environment), ...agents }));
}

function scopeOf({ name, settings }: Environment): Omit<PipelinePlan, 'planners' | 'appliers'> {
  const { account, databases } = settings;
  const regions = regionsOf(settings).map((region) => region.name);
  return {
    environment: name,
    account,
    regions,
    stateBuckets: regions.map((region) => stateBucketName({ scope: name, account, region })),
    stateKeyAlias: stateKeyAlias({ scope: name }),
    // RDS manages the passwords of all others
    holdsMasterPasswords: Object.values(databases).some(({ standby }) => standby !== undefined),
  };
}
