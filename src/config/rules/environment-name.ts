import type { Draft } from '../check';

/** Short, since it begins every physical name; without hyphens, so that `prod-a` and `b` never meet `prod` and `a-b`. */
const ENVIRONMENT_NAME = /^[a-z][a-z0-9]{1,11}$/;
const LONGEST = 12;
/** Names of other scopes, and what JavaScript has in every map. */
const RESERVED = ['shared', 'organization', 'account', 'global', 'releases', 'constructor', 'prototype'];
/**
 * Parameter Store refuses paths that begin so:
 * https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_PutParameter.html
 */
const REFUSED_BEGINNING = /^(aws|ssm)/;

/** Whether physical names can begin with it. Nothing can be said of those of an environment with a bad name. */
export const isEnvironmentName = (name: string): boolean => brokenRule(name) === undefined;

export function checkEnvironmentName({ name, names, report }: Draft): void {
  const rule = brokenRule(name);
  if (rule === undefined) return;
  const proposed = proposal(name, names);
  report({ path: [], rule, value: name, remedy: `rename the environment, for example to "${proposed}"` });
}

function brokenRule(name: string): string | undefined {
  if (!ENVIRONMENT_NAME.test(name))
    return 'be named with 2 to 12 lower-case letters and digits, beginning with a letter';
  if (REFUSED_BEGINNING.test(name))
    return 'not be named with aws or ssm at the beginning, which Parameter Store refuses in paths';
  return RESERVED.includes(name)
    ? `not be named ${RESERVED.join(', ')}, which mean something else`
    : undefined;
}

/** What is left of the name, or a name like any other, that no environment has. */
function proposal(name: string, taken: readonly string[]): string {
  const left = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '')
    .replace(/^\d+/, '')
    .slice(0, LONGEST);
  const stem = left === '' ? 'env' : `env${left}`;
  const numbered = Array.from(
    { length: taken.length + 1 },
    (_, n) => `${stem.slice(0, LONGEST - 3)}${n + 2}`,
  );
  const isFree = (one: string) => isEnvironmentName(one) && !taken.includes(one);
  return [left, stem.slice(0, LONGEST), ...numbered].find(isFree) ?? 'stage';
}
