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

/** Whether users can sign in by IAM: with Valkey since its first version, 7.2, with Redis OSS since 7.0. */
export function takesIam(settings: EngineSettings): boolean {
  const [major = 0, minor = 0] = engineVersionOf(settings).split('.').map(Number);
  return settings.engine === 'valkey' ? major > 7 || (major === 7 && minor >= 2) : major === 7 && minor <= 1;
}
