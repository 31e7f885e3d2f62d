import type { Construct } from 'constructs';
import type { Foundation } from '../foundation/foundation';
import { TimedCalls } from './timed-calls';
import { timesOf } from './times';

/** What RDS calls a database that it stops as one. */
const KINDS = {
  cluster: { suffix: 'DBCluster', input: 'DbClusterIdentifier', arn: 'cluster' },
  instance: { suffix: 'DBInstance', input: 'DbInstanceIdentifier', arn: 'db' },
} as const;

export interface DatabaseHoursProps extends Pick<Foundation, 'naming' | 'permissionsBoundary' | 'hours'> {
  /** What it was made with. */
  readonly name: string;
  readonly kind: keyof typeof KINDS;
  /** What RDS calls it. */
  readonly identifier: string;
  /** Whether it runs on outside of the hours. */
  readonly alwaysOn: boolean;
}

/** Starts a database before services need it, and stops it after them. Storage and backups cost what they did. */
export function keepHours(scope: Construct, props: DatabaseHoursProps): void {
  const { hours, naming, name, kind, identifier, alwaysOn } = props;
  if (!hours || alwaysOn) return;
  const { suffix, input, arn } = KINDS[kind];
  const { account, region } = naming.place;
  const { databases } = timesOf(hours);
  new TimedCalls(scope, 'Hours', {
    ...props,
    hours,
    name: `${name}-hours`,
    what: `database ${name}`,
    calls: [
      { id: 'start', call: `rds:start${suffix}`, input: { [input]: identifier }, cron: databases.start },
      { id: 'stop', call: `rds:stop${suffix}`, input: { [input]: identifier }, cron: databases.stop },
    ],
    actions: [`rds:Start${suffix}`, `rds:Stop${suffix}`],
    resource: `arn:aws:rds:${region}:${account}:${arn}:${identifier}`,
  });
}
