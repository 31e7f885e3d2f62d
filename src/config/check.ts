import type { z } from 'zod';
import type { EnvironmentFile } from './define';
import { isProductionName, type Environment, type Estate } from './estate';
import { describeIssue } from './issues';
import type { WrittenEstate } from './load';
import { withWindows } from './hours-windows';
import { isMap, merge, valueAt, type Json } from './merge';
import { plainCopy } from './plain';
import type { SettingProblem } from './problem';
import { readFile } from './read-file';
import { ENVIRONMENT_RULES, ESTATE_RULES } from './rules';
import { environmentSchema, sharedSchema, type EnvironmentSettings, type SharedSettings } from './schema';
import { secretsIn } from './secrets/secrets';

/** What a rule says of a setting; the file is found by its path. */
export type Finding = Omit<SettingProblem, 'file'>;

/** One environment, as far as it could be read: a rule looks at what is there. */
export interface Draft {
  readonly name: string;
  /** The names of all environments. */
  readonly names: readonly string[];
  readonly file: EnvironmentFile;
  /** Blueprint and overrides, merged, unchecked; with the windows that hours leave to databases. */
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
  const warnings: SettingProblem[] = [];
  const names = Object.keys(written.environments);
  const collected = names.map((name) => draft(name, names, written, warnings));
  const drafts = collected.flatMap((one) => one.draft ?? []);
  for (const one of drafts) {
    checkSchema(environmentSchema, one.merged, one.report);
    for (const rule of ENVIRONMENT_RULES) rule(one);
  }
  const aboutShared: SettingProblem[] = [];
  const reportShared = (finding: Finding) => void aboutShared.push({ file: written.sharedFile, ...finding });
  const shared = readShared(written, reportShared);
  for (const rule of ESTATE_RULES) rule(drafts, written.shared, reportShared);
  const environments = drafts.flatMap(({ name, settings, production }): Environment[] =>
    settings ? [{ name, settings, production }] : [],
  );
  const all = [...collected.map(({ problems }) => problems), aboutShared];
  const problems = unique(all.flatMap(withoutFollowUps));
  return { estate: problems.length > 0 ? undefined : { environments, shared }, problems, warnings };
}

/** An environment as far as it can be looked at, and all that will be said of it. */
function draft(
  name: string,
  names: readonly string[],
  written: WrittenEstate,
  warnings: SettingProblem[],
): { readonly draft?: Draft; readonly problems: readonly SettingProblem[] } {
  const problems: SettingProblem[] = [];
  const inOwnFile = (finding: Finding) =>
    void problems.push({ file: written.fileOf(name, 'overrides'), ...finding });
  const inBlueprint = (finding: Finding) =>
    void problems.push({ file: written.fileOf(name, 'blueprint'), ...finding });
  for (const { path, what } of secretsIn({ [name]: undefined })) inOwnFile(secretFinding(path, what));
  const file = problems.length > 0 ? undefined : readFile(name, written.environments, inOwnFile, inBlueprint);
  if (!file) return { problems };
  // as written, since what every environment overrides is in no merged settings
  checkSecrets(file.overrides, inOwnFile);
  checkSecrets(file.blueprint, inBlueprint);
  const merged = withWindows(mergeFile(file));
  const located = (finding: Finding) => ({
    file: written.fileOf(name, originOf(file, finding.path)),
    ...finding,
  });
  return {
    problems,
    draft: {
      name,
      names,
      file,
      merged,
      settings: environmentSchema.safeParse(merged).data,
      production: typeof merged['production'] === 'boolean' ? merged['production'] : isProductionName(name),
      report: (finding) => void problems.push(located(finding)),
      warn: (finding) => void warnings.push(located(finding)),
    },
  };
}

function readShared(written: WrittenEstate, report: (finding: Finding) => void): SharedSettings | undefined {
  if (written.shared === undefined) return undefined;
  const plain = plainCopy(written.shared, report);
  checkSecrets(plain, report);
  return checkSchema(sharedSchema, plain, report);
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

function checkSecrets(value: unknown, report: (finding: Finding) => void): void {
  for (const { path, what } of secretsIn(value)) report(secretFinding(path, what));
}

const secretFinding = (path: readonly PropertyKey[], kind: string): Finding => ({
  path,
  hideValue: true,
  rule: `not hold ${kind}`,
  remedy: 'take it out, replace it where it was issued, and set the new one with make secrets',
});

/** What has been settled needs no second line, such as that it is missing now. */
function withoutFollowUps(problems: readonly SettingProblem[]): SettingProblem[] {
  const settled = problems.flatMap(({ settles, path, settlesToo }) =>
    settles ? [path, ...(settlesToo ? [settlesToo] : [])] : [],
  );
  const isBelow = ({ path }: SettingProblem, other: readonly PropertyKey[]) =>
    other.every((part, index) => String(path[index]) === String(part));
  return problems.filter((one) => one.settles || !settled.some((other) => isBelow(one, other)));
}

/** Two environments that inherit one mistake of the blueprint have made it once. */
function unique(problems: readonly SettingProblem[]): SettingProblem[] {
  const key = ({ file, path, rule }: SettingProblem) => JSON.stringify([file, path.map(String), rule]);
  return [...new Map(problems.map((problem) => [key(problem), problem])).values()];
}
