import { mergeFile } from '../../src/config/check';
import type { EnvironmentFile } from '../../src/config/define';
import { isMap } from '../../src/config/merge';
import { capabilitySchemas, type CapabilityName } from '../../src/config/schema';

type Change = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** A change that takes every entry of some capabilities out of an environment, whichever there are. */
export const without = (file: EnvironmentFile, capabilities: readonly CapabilityName[]): Change =>
  changeOf(file, capabilities, () => null);

/** A change after which no entry of an environment says anything of a standby region. */
export const withoutStandby = (file: EnvironmentFile): Change =>
  changeOf(file, Object.keys(capabilitySchemas) as CapabilityName[], () => ({
    standby: null,
    backupCopyDays: null,
    replication: null,
    writeForwarding: null,
  }));

function changeOf(
  file: EnvironmentFile,
  capabilities: readonly CapabilityName[],
  change: () => unknown,
): Change {
  const merged: unknown = mergeFile(file);
  return Object.fromEntries(
    capabilities.map((capability) => {
      const entries = isMap(merged) ? merged[capability] : undefined;
      const names = isMap(entries) ? Object.keys(entries) : [];
      return [capability, Object.fromEntries(names.map((name) => [name, change()]))];
    }),
  );
}
