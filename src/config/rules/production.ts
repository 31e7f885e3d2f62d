import type { Draft } from '../check';
import { isProductionName } from '../estate';

/** What production refuses of the environment as a whole; capabilities bring their own refusals. */
export function checkProduction({ name, merged, production, report }: Draft): void {
  if (isProductionName(name) && merged['production'] === false) {
    report({
      path: ['production'],
      rule: `be true in an environment named ${name}`,
      value: false,
      remedy: 'take it out, or rename the environment',
    });
  }
  if (production && merged['protection'] === false) {
    report({
      path: ['protection'],
      rule: 'be true in production',
      value: false,
      remedy: 'take it out: databases, caches and buckets must refuse to be deleted',
    });
  }
}
