import { mergeFile, originOf } from '../config/check';
import { findEnvironment, loadEstate, readEstate, type WrittenEstate } from '../config/load';
import { isMap, valueAt } from '../config/merge';
import { didYouMean } from '../config/problem';
import type { EnvironmentSettings } from '../config/schema';
import { InputError } from '../errors';

export interface SettingsOptions {
  readonly example?: string | undefined;
  readonly environment: string;
  /** `text` for people, `json` for machines. @default text */
  readonly format?: string | undefined;
}

/** One setting as it is used. */
export interface Setting {
  readonly path: readonly string[];
  readonly value: unknown;
  /** The file that says it, or `default`. */
  readonly from: string;
}

const FORMATS = ['text', 'json'];
/** A value that is longer does not move the files of all others to the right. */
const WIDEST_VALUE = 50;

/**
 * Prints every setting of an environment as it is used, and which file says so. Secrets cannot be among them:
 * a file that holds one is refused.
 *
 * @throws InputError if there is no such environment or format, or anything is wrong with the settings
 */
export async function runSettings(
  { environment, example, format = 'text' }: SettingsOptions,
  write: (text: string) => void = (text) => process.stdout.write(text),
): Promise<void> {
  if (!FORMATS.includes(format))
    throw new InputError([`FORMAT must be text or json, got "${format}"; ${didYouMean(format, FORMATS)}`]);
  const { estate } = await loadEstate({ example });
  const { settings } = findEnvironment(estate, environment);
  const rows = settingsOf(await readEstate({ example }), environment, settings);
  write(
    format === 'json' ? `${JSON.stringify({ environment, settings: rows }, undefined, 2)}\n` : table(rows),
  );
}

/** Every setting of an environment, in the order of the schema. Lists count as values: they are replaced as a whole. */
export function settingsOf(
  written: WrittenEstate,
  environment: string,
  settings: EnvironmentSettings,
): Setting[] {
  const file = written.environments[environment] ?? { blueprint: {}, overrides: {} };
  const merged = mergeFile(file);
  return leaves(settings, merged, [])
    .map(({ path, value }) => ({
      path,
      value,
      from:
        valueAt(merged, path) === undefined ? 'default' : written.fileOf(environment, originOf(file, path)),
    }))
    .filter(({ path, from }) => !(isEnabling(path) && from === 'default'));
}

/** Regions that AWS has enabled for everybody have nothing to say about it, and all others have to say it. */
const isEnabling = ([map, , key]: readonly string[]) => map === 'regions' && key === 'enabled';

/** @param said what the files say there: a short form, such as a number for a range, is shown as it is written */
function leaves(
  value: unknown,
  said: unknown,
  path: readonly string[],
): { readonly path: readonly string[]; readonly value: unknown }[] {
  if (value === undefined) return [];
  if (!isMap(value)) return [{ path, value }];
  if (said !== undefined && !isMap(said)) return [{ path, value: said }];
  const inner = Object.entries(value).flatMap(([key, one]) => leaves(one, said?.[key], [...path, key]));
  return inner.length > 0 ? inner : [{ path, value: {} }];
}

function table(settings: readonly Setting[]): string {
  const rows = settings.map(({ path, value, from }) => ({
    path: path.join('.'),
    value: JSON.stringify(value),
    from,
  }));
  const widest = (texts: readonly string[]) => Math.max(0, ...texts.map(({ length }) => length));
  const left = widest(rows.map(({ path }) => path));
  const middle = widest(rows.map(({ value }) => value).filter(({ length }) => length <= WIDEST_VALUE));
  return rows
    .map(({ path, value, from }) => `${path.padEnd(left)} = ${value.padEnd(middle)}  ${from}\n`)
    .join('');
}
