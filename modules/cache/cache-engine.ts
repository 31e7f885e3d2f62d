import type { ReplicationGroupSettings } from './replication-group-settings';

type EngineSettings = Pick<ReplicationGroupSettings, 'engine' | 'engineVersion'>;

/** https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/engine-versions.html */
const DEFAULT_VERSION: Record<ReplicationGroupSettings['engine'], string> = { valkey: '8.2', redis: '7.1' };

/** Such as `8.2`. */
export const engineVersionOf = ({ engine, engineVersion }: EngineSettings): string =>
  engineVersion ?? DEFAULT_VERSION[engine];

/** Of parameter groups: `valkey8`. */
export const parameterFamilyOf = (settings: EngineSettings): string =>
  `${settings.engine}${engineVersionOf(settings).split('.')[0]}`;

/**
 * Versions whose users can sign in by IAM, of those that new caches can have, as of August 2026.
 * https://docs.aws.amazon.com/AmazonElastiCache/latest/dg/engine-versions.html
 */
const VERSIONS: Record<ReplicationGroupSettings['engine'], readonly string[]> = {
  valkey: ['7.2', '8.0', '8.1', '8.2', '9.0', '9.1'],
  redis: ['7.0', '7.1'],
};

export const versionsOf = ({ engine }: EngineSettings): readonly string[] => VERSIONS[engine];

/** Whether a new cache can have this version, and its users sign in by IAM. */
export const isOffered = (settings: EngineSettings): boolean =>
  versionsOf(settings).includes(engineVersionOf(settings));
