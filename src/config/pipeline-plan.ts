import type { EnvironmentRolesProps } from '../../modules/delivery/environment-roles';
import { boundaryArn } from '../../modules/delivery/pipeline-names';
import { regionsOf, type Environment, type Estate } from './estate';

/** Who may plan and apply one environment, and what that takes; where its states are is the stacks' business. */
export type PipelinePlan = Omit<EnvironmentRolesProps, 'stateBuckets' | 'stateKeyAlias'>;

/** ARN of what the environment's roles stay within; nothing where Jenkins has no roles. Only a name: no stack is read. */
export const boundaryOf = ({ shared }: Estate, { name, settings }: Environment): string | undefined =>
  shared?.delivery && boundaryArn(settings.account, name);

/** The environments of one account; none where Jenkins has no roles. */
export function planPipelines({ environments, shared }: Estate, account: string): readonly PipelinePlan[] {
  const agents = shared?.delivery?.agents;
  if (!agents) return [];
  return environments
    .filter(({ settings }) => settings.account === account)
    .map((environment) => ({ ...scopeOf(environment), ...agents }));
}

const scopeOf = ({ name, settings }: Environment): Omit<PipelinePlan, 'planners' | 'appliers'> => ({
  environment: name,
  account: settings.account,
  domain: settings.domain,
  existingBuckets: existingBucketsIn(settings),
  regions: regionsOf(settings).map((region) => region.name),
  // RDS manages the passwords of all others
  holdsMasterPasswords: Object.values(settings.databases).some(
    ({ engine, standby }) => engine === 'mysql' || standby !== undefined,
  ),
});

const existingBucketsIn = ({ buckets }: Environment['settings']): string[] =>
  Object.values(buckets).flatMap(({ existing, standby }) =>
    [existing, standby?.existing].flatMap((one) => (one ? [one.name] : [])),
  );
