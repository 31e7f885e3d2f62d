import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { DOCUMENTED_LIMITS } from './documented-limits';

/** What AWS's model of a service says of one value: what it may be, or how long or large, and its form. */
export interface Limit {
  readonly values?: readonly string[];
  readonly numbers?: readonly number[];
  /** Of a text its least length, of a number itself. */
  readonly min?: number;
  readonly max?: number;
  /** Fits the whole text. */
  readonly pattern?: string;
}

/** By resource type and by the path of the argument: `health_check.interval`. */
export type Limits = Readonly<Record<string, Readonly<Record<string, Limit>>>>;

export const LIMITS_FILE = join(__dirname, 'limits.json');

let modelled: Limits | undefined;

/** Each argument of a type with all that is said of it. */
export function limitsOfType(type: string): (readonly [path: string, limit: Limit])[] {
  modelled ??= JSON.parse(readFileSync(LIMITS_FILE, 'utf8')) as Limits;
  return [...Object.entries(modelled[type] ?? {}), ...Object.entries(DOCUMENTED_LIMITS[type] ?? {})];
}
