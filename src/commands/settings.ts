import { mergeFile, originOf } from '../config/check';
import { findEnvironment, loadEstate, readEstate, type WrittenEstate } from '../config/load';
import { isMap, valueAt, type Json } from '../config/merge';
import { didYouMean } from '../config/problem';
import type { EnvironmentSettings } from '../config/schema';
import { InputError } from '../errors';
import { formsOf } from '../report/settings-reference';
import { environmentShape, type SettingSchema } from '../report/settings-schema';

export interface SettingsOptions {
  readonly example?: string | undefined;
  readonly environment: string;
  /** `text` for people, `json` for machines. @default text */
  readonly format?: string | undefined;
  /** `1` also lists what nobody says and what has no default. @default what has a value */
  readonly all?: string | undefined;
}

/** One setting as it is used. */
export interface Setting {
  readonly path: readonly string[];
  /** Nothing where it is unset. */
  readonly value?: unknown;
  /** The file that says it, `default` or `unset`. */
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
  { environment, example, format = 'text', all }: SettingsOptions,
  write: (text: string) => void = (text) => process.stdout.write(text),
): Promise<void> {
  if (!FORMATS.includes(format))
    throw new InputError([`FORMAT must be text or json, got "${format}"; ${didYouMean(format, FORMATS)}`]);
  if (all !== undefined && all !== '1')
    throw new InputError([`ALL must be 1, got "${all}"; write ALL=1, or leave it out`]);
  const { estate } = await loadEstate({ example });
  const { settings } = findEnvironment(estate, environment);
  const rows = settingsOf(await readEstate({ example }), environment, settings, all && environmentShape());
  write(
    format === 'json' ? `${JSON.stringify({ environment, settings: rows }, undefined, 2)}\n` : table(rows),
  );
}

/**
 * Every setting of an environment, in the order of the schema. Lists count as values: they are replaced as a whole.
 *
 * @param schema lists what it has and nobody says as well. @default only what has a value
 */
export function settingsOf(
  written: WrittenEstate,
  environment: string,
  settings: EnvironmentSettings,
  schema?: SettingSchema | '',
): Setting[] {
  const file = written.environments[environment] ?? { blueprint: {}, overrides: {} };
  const merged = mergeFile(file);
  const from = (path: readonly string[]) =>
    valueAt(merged, path) === undefined ? 'default' : written.fileOf(environment, originOf(file, path));
  return leaves(settings, merged, [], schema || undefined)
    .map((leaf) => (leaf.isUnset ? { path: leaf.path, from: 'unset' } : { ...leaf, from: from(leaf.path) }))
    .filter((setting) => !(isEnabling(setting.path) && setting.from === 'default'));
}

/** Regions that AWS has enabled for everybody have nothing to say about it, and all others have to say it. */
const isEnabling = ([map, , key]: readonly string[]) => map === 'regions' && key === 'enabled';

type Leaf = { readonly path: readonly string[] } & (
  { readonly value: unknown; readonly isUnset?: never } | { readonly isUnset: true }
);

/** @param said what the files say there: a short form, such as a number for a range, is shown as it is written */
function leaves(value: unknown, said: unknown, path: readonly string[], schema?: SettingSchema): Leaf[] {
  if (value === undefined) return schema ? [{ path, isUnset: true }] : [];
  if (!isMap(value)) return [{ path, value }];
  if (said !== undefined && !isMap(said)) return [{ path, value: said }];
  const form = schema && formOf(schema, value);
  const keys = new Set([...Object.keys(form?.properties ?? {}), ...Object.keys(value)]);
  const inner = [...keys].flatMap((key) => leaves(value[key], said?.[key], [...path, key], below(form, key)));
  // one that holds nothing but what is unset is there all the same
  const isThere = inner.some(({ isUnset }) => !isUnset);
  return isThere ? inner : [{ path, value: {} }, ...inner];
}

/** Of several forms the one that the entry chooses by what it has to say, as by `engine`. */
const formOf = (schema: SettingSchema, value: Json) =>
  formsOf(schema).find(
    ({ type, properties, required = [] }) =>
      type === 'object' &&
      required.every((key) => [undefined, value[key]].includes(properties?.[key]?.const)),
  );

function below(form: SettingSchema | undefined, key: string): SettingSchema | undefined {
  const entries = form?.additionalProperties;
  return form?.properties?.[key] ?? (typeof entries === 'object' ? entries : undefined);
}

function table(settings: readonly Setting[]): string {
  const rows = settings.map(({ path, value, from }) => ({
    path: path.join('.'),
    value: value === undefined ? '-' : JSON.stringify(value),
    from,
  }));
  const widest = (texts: readonly string[]) => Math.max(0, ...texts.map(({ length }) => length));
  const left = widest(rows.map(({ path }) => path));
  const middle = widest(rows.map(({ value }) => value).filter(({ length }) => length <= WIDEST_VALUE));
  return rows
    .map(({ path, value, from }) => `${path.padEnd(left)} = ${value.padEnd(middle)}  ${from}\n`)
    .join('');
}
