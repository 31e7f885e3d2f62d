import type { Draft } from '../check';

/** Short, since it begins every physical name; without hyphens, so that `prod-a` and `b` never meet `prod` and `a-b`. */
const ENVIRONMENT_NAME = /^[a-z][a-z0-9]{1,11}$/;
/** Names of other scopes. */
const RESERVED = ['shared', 'organization', 'account', 'global', 'releases'];

export function checkEnvironmentName({ name, report }: Draft): void {
  if (!ENVIRONMENT_NAME.test(name)) {
    report({
      path: [],
      rule: 'be named with 2 to 12 lower-case letters and digits, beginning with a letter',
      value: name,
      remedy: 'rename the environment',
    });
  } else if (RESERVED.includes(name)) {
    report({
      path: [],
      rule: `not be named ${RESERVED.join(', ')}, which mean something else`,
      value: name,
      remedy: 'rename the environment',
    });
  }
}
