import type { RegionalKeys } from '../encryption/regional-keys';
import type { Naming } from '../naming/naming';
import type { Hours } from '../hours/hours-settings';
import type { INetwork } from '../network/network';
import type { IPrivateZone } from '../network/private-zone';
import type { IAlertTopic } from '../observability/alert-topic';
import type { IWatched } from '../observability/dashboard';
import type { ILogBucket } from '../storage/log-bucket';

/**
 * What every capability finds in its region, and what has been decided for all of them. A capability's
 * props are this and its own settings, side by side.
 */
export interface Foundation {
  readonly naming: Naming;
  readonly network: INetwork;
  readonly keys: Pick<
    RegionalKeys,
    'data' | 'objects' | 'parameters' | 'tasks' | 'logs' | 'alerts' | 'messages'
  >;
  readonly alerts: IAlertTopic;
  /** What has alarms of the foundation's own, for the dashboard. @default nothing */
  readonly watched?: readonly IWatched[];
  /** Names that only the VPC knows. */
  readonly privateZone: IPrivateZone;
  /** Names that the VPCs of linked regions know as well; nothing where none is linked. */
  readonly publishedZone?: IPrivateZone | undefined;
  /** Access logs of load balancers. */
  readonly logBucket: ILogBucket;
  /** Whether stateful things refuse to be deleted. */
  readonly protection: boolean;
  /** Days that log groups keep, one of LOG_RETENTION_DAYS. */
  readonly logRetentionDays: number;
  /** When it runs. @default always */
  readonly hours?: Hours | undefined;
  /** ARN of the policy that every role of the environment stays within. @default none: no pipeline applies it */
  readonly permissionsBoundary?: string | undefined;
}
