import { mergeFile } from '../../src/config/check';
import type { EnvironmentFile } from '../../src/config/define';
import { isMap, type Json } from '../../src/config/merge';

/** One entry of each kind of the fixture gets a new name; none of them occurs anywhere else. */
export const NEW_NAMES = {
  databases: { orders: 'purchases' },
  caches: { sessions: 'visits' },
  buckets: { media: 'pictures' },
  loadBalancers: { edge: 'porch' },
  queues: { 'media-uploads': 'arrivals' },
  services: { inventory: 'stockroom' },
} as const;

type Settings = Record<string, Record<string, Record<string, unknown>>>;

/** The environment with new names in its settings, and nothing else changed. */
export function renamed(
  file: EnvironmentFile,
  kinds: readonly string[] = Object.keys(NEW_NAMES),
): EnvironmentFile {
  const settings = structuredClone(mergeFile(file)) as Settings;
  for (const [kind, names] of Object.entries(NEW_NAMES)) {
    if (!kinds.includes(kind)) continue;
    settings[kind] = Object.fromEntries(
      Object.entries(settings[kind] ?? {}).map(([name, entry]) =>
        name in names ? [names[name as keyof typeof names], { ...entry, renamedFrom: name }] : [name, entry],
      ),
    );
  }
  if (kinds.includes('queues'))
    for (const bucket of Object.values(settings['buckets'] ?? {}))
      if (bucket['notify'] !== undefined) bucket['notify'] = withNewNames('queues', bucket['notify']);
  for (const service of Object.values(settings['services'] ?? {})) {
    const uses = service['uses'] as Record<string, unknown>;
    for (const [kind, said] of Object.entries(uses))
      if (kinds.includes(kind)) uses[kind] = withNewNames(kind, said);
    const exposed = service['public'] as Record<string, unknown> | undefined;
    if (exposed?.['loadBalancer'] === 'edge' && kinds.includes('loadBalancers'))
      exposed['loadBalancer'] = NEW_NAMES.loadBalancers.edge;
  }
  return { blueprint: {}, overrides: settings };
}

function withNewNames(kind: string, said: unknown): unknown {
  const names = NEW_NAMES[kind as keyof typeof NEW_NAMES] as Record<string, string>;
  if (isMap(said))
    return Object.fromEntries(Object.entries(said).map(([one, how]) => [names[one] ?? one, how]));
  return (said as string[]).map((one) => names[one] ?? one);
}

/** The environment with every entry about to go. */
export function leaving(file: EnvironmentFile): EnvironmentFile {
  return eachEntry(file, (entry) => ({ ...entry, decommission: true }));
}

/** The environment with the entries of no capability left. */
export function emptied(file: EnvironmentFile): EnvironmentFile {
  return eachEntry(file, () => undefined);
}

function eachEntry(file: EnvironmentFile, change: (entry: Json) => Json | undefined): EnvironmentFile {
  const overrides: Json = { ...mergeFile(file) };
  for (const kind of Object.keys(NEW_NAMES)) {
    const entries = Object.entries((overrides[kind] ?? {}) as Json);
    overrides[kind] = Object.fromEntries(
      entries.flatMap(([name, entry]) => {
        const changed = change(entry as Json);
        return changed ? [[name, changed]] : [];
      }),
    );
  }
  return { blueprint: {}, overrides };
}
