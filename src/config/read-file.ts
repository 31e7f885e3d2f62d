import { types } from 'node:util';
import type { Finding } from './check';
import type { EnvironmentFile } from './define';
import { plainCopy } from './plain';

type Report = (finding: Finding) => void;

/** @returns an environment as plain settings, or nothing if it was made by something else than defineEnvironment */
export function readFile(
  name: string,
  environments: Readonly<Record<string, unknown>>,
  inOwnFile: Report,
  inBlueprint: Report,
): EnvironmentFile | undefined {
  try {
    const file = environments[name];
    const got = kindOf(file) ?? partOf(file as EnvironmentFile);
    if (got === undefined) {
      const { blueprint, overrides } = file as EnvironmentFile;
      return { blueprint: plain(blueprint, inBlueprint), overrides: plain(overrides, inOwnFile) };
    }
    refuse(got);
  } catch {
    // a getter of the file's own; those of the settings are caught, and named, where they are copied
    refuse('a getter that throws');
  }
  return undefined;

  function refuse(got: string): void {
    const remedy = `write ${name}: defineEnvironment(blueprint, { … })`;
    inOwnFile({ path: [name], rule: 'be made by defineEnvironment', got, remedy });
  }
}

const plain = (settings: object, report: Report) => (plainCopy(settings, report) as object | undefined) ?? {};

/** What a value is if it is no object with parts; not the value, which may be anything that was pasted. */
export function kindOf(value: unknown): string | undefined {
  if (value === undefined) return 'nothing';
  if (value === null) return 'null';
  if (typeof value !== 'object') return typeof value === 'string' ? 'text' : `a ${typeof value}`;
  if (types.isProxy(value)) return 'a Proxy';
  return Array.isArray(value) ? 'a list' : undefined;
}

function partOf(file: Partial<EnvironmentFile>): string | undefined {
  if (!('blueprint' in file) && !('overrides' in file)) return 'a map of something else';
  for (const part of ['blueprint', 'overrides'] as const) {
    const kind = types.isProxy(file[part]) ? undefined : kindOf(file[part]);
    if (kind !== undefined) return `${kind} as its ${part}`;
  }
  return undefined;
}
