import type { z } from 'zod';
import type { EnvironmentFile } from './define';
import { isProductionName, type Environment, type Estate } from './estate';
import { describeIssue } from './issues';
import type { WrittenEstate } from './load';
import { circularPath, isMap, merge, valueAt, type Json } from './merge';
import type { SettingProblem } from './problem';
import { ENVIRONMENT_RULES, ESTATE_RULES } from './rules';
import { environmentSchema, sharedSchema, type EnvironmentSettings } from './schema';
import { secretIn } from './secrets';

/** What a rule says of a setting; the file is found by its path. */
export type Finding = Omit<SettingProblem, 'file'>;

/** One environment, as far as it could be read: a rule looks at what is there. */
export interface Draft {
  readonly name: string;
  readonly file: EnvironmentFile;
  /** Blueprint and overrides, merged, unchecked. */
  readonly merged: Json;
  /** With all defaults; nothing while the schema refuses any of it. */
  readonly settings: EnvironmentSettings | undefined;
  readonly production: boolean;
  readonly report: (finding: Finding) => void;
  readonly warn: (finding: Finding) => void;
}

export interface Checked {
  /** Nothing if there are problems. */
  readonly estate: Estate | undefined;
  readonly problems: readonly SettingProblem[];
  readonly warnings: readonly SettingProblem[];
}

/** Merges and checks everything, and collects every problem instead of stopping at the first. */
export function checkEstate(written: WrittenEstate): Checked {
  const problems: SettingProblem[] = [];
  const warnings: SettingProblem[] = [];
  const finite = Object.entries(written.environments).map(([name, file]) =>
    withoutCircles(name, file, written, problems),
  );
  const drafts = finite.map(([name, file]) => draft(name, file, written, problems, warnings));
  for (const one of drafts) {
    checkSchema(environmentSchema, one.merged, one.report);
    checkSecrets(one.merged, [], one.report);
    for (const rule of ENVIRONMENT_RULES) rule(one);
  }
  const reportShared = (finding: Finding) => problems.push({ file: written.sharedFile, ...finding });
  const shared =
    written.shared === undefined ? undefined : checkSchema(sharedSchema, written.shared, reportShared);
  if (written.shared !== undefined) checkSecrets(written.shared, [], reportShared);
  for (const rule of ESTATE_RULES) rule(drafts, written.shared);
  const environments = drafts.flatMap(({ name, settings, production }): Environment[] =>
    settings ? [{ name, settings, production }] : [],
  );
  const estate = problems.length > 0 ? undefined : { environments, shared };
  return { estate, problems: unique(problems), warnings };
}

/** Nothing can be said of settings without an end but that they have none. */
function withoutCircles(
  name: string,
  file: EnvironmentFile,
  written: WrittenEstate,
  problems: SettingProblem[],
): [string, EnvironmentFile] {
  for (const said of ['overrides', 'blueprint'] as const) {
    const path = circularPath(valueAt(file, [said]));
    if (!path) continue;
    problems.push({
      file: written.fileOf(name, said),
      path,
      rule: 'not hold what it is part of',
      hideValue: true,
      remedy: 'write its settings out',
    });
    return [name, { blueprint: {}, overrides: {} }];
  }
  return [name, file];
}

function draft(
  name: string,
  file: EnvironmentFile,
  written: WrittenEstate,
  problems: SettingProblem[],
  warnings: SettingProblem[],
): Draft {
  const merged = mergeFile(file);
  const parsed = environmentSchema.safeParse(merged);
  const fileOf = (path: readonly PropertyKey[]) => written.fileOf(name, originOf(file, path));
  return {
    name,
    file,
    merged,
    settings: parsed.data,
    production: typeof merged['production'] === 'boolean' ? merged['production'] : isProductionName(name),
    report: (finding) => void problems.push({ file: fileOf(finding.path), ...finding }),
    warn: (finding) => void warnings.push({ file: fileOf(finding.path), ...finding }),
  };
}

/** A file that is no environment at all still gets an answer: everything that it lacks. */
export function mergeFile(file: EnvironmentFile): Json {
  const merged = isMap(file) ? merge(file.blueprint, file.overrides) : {};
  return isMap(merged) ? merged : {};
}

/** Whether the environment or its blueprint says a setting; what neither says is the environment's to say. */
export function originOf(file: EnvironmentFile, path: readonly PropertyKey[]): 'overrides' | 'blueprint' {
  if (!isMap(file) || valueAt(file.overrides, path) !== undefined) return 'overrides';
  return valueAt(file.blueprint, path) === undefined ? 'overrides' : 'blueprint';
}

function checkSchema<T extends z.ZodType>(
  schema: T,
  value: unknown,
  report: (finding: Finding) => void,
): z.output<T> | undefined {
  const parsed = schema.safeParse(value);
  for (const issue of parsed.error?.issues ?? [])
    for (const one of describeIssue(issue, value, schema)) report(one);
  return parsed.data;
}

function checkSecrets(
  value: unknown,
  path: readonly PropertyKey[],
  report: (finding: Finding) => void,
): void {
  const kind = secretIn(value, path);
  if (kind !== undefined) {
    report(secretFinding(path, kind));
  } else if (typeof value === 'object' && value !== null) {
    for (const [key, inner] of Object.entries(value)) {
      const inKey = secretIn(key, []);
      if (inKey !== undefined) report(secretFinding([...path, key], inKey));
      checkSecrets(inner, [...path, key], report);
    }
  }
}

const secretFinding = (path: readonly PropertyKey[], kind: string): Finding => ({
  path,
  hideValue: true,
  rule: `not hold ${kind}`,
  remedy: 'take it out, replace it where it was issued, and set the new one with make secrets',
});

/** Two environments that inherit one mistake of the blueprint have made it once. */
function unique(problems: readonly SettingProblem[]): SettingProblem[] {
  const key = ({ file, path, rule }: SettingProblem) => JSON.stringify([file, path.map(String), rule]);
  return [...new Map(problems.map((problem) => [key(problem), problem])).values()];
}
