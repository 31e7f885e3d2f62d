import { mergeFile, originOf } from '../config/check';
import { loadEnvironment, readEstate } from '../config/load';
import { isMap, valueAt } from '../config/merge';

export interface SettingsOptions {
  readonly example?: string | undefined;
  readonly environment: string;
}

/** Prints every setting of an environment as it is used, and which file says so. */
export async function runSettings(options: SettingsOptions): Promise<void> {
  const { name, settings } = await loadEnvironment(options);
  const written = await readEstate(options);
  const file = written.environments[name] ?? { blueprint: {}, overrides: {} };
  const merged = mergeFile(file);
  const rows = leaves(settings, []).map(([path, value]) => {
    const isSaid = valueAt(merged, path) !== undefined;
    return [
      path.join('.'),
      JSON.stringify(value),
      isSaid ? written.fileOf(name, originOf(file, path)) : 'default',
    ] as const;
  });
  const width = (column: 0 | 1) => Math.max(...rows.map((row) => row[column].length));
  const [setting, value] = [width(0), Math.min(width(1), 60)];
  for (const row of rows)
    process.stdout.write(`${row[0].padEnd(setting)}  ${row[1].padEnd(value)}  ${row[2]}\n`);
}

/** Lists count as values: they are replaced as a whole. */
function leaves(value: unknown, path: readonly string[]): [readonly string[], unknown][] {
  if (!isMap(value)) return value === undefined ? [] : [[path, value]];
  return Object.entries(value).flatMap(([key, inner]) => leaves(inner, [...path, key]));
}
