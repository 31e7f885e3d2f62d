import type { Draft } from '../check';
import { isMap, valueAt } from '../merge';

/** What a task that ends by itself has nobody for: defaults hide from the rules of services who wrote it. */
export function checkRuns({ merged, report }: Draft): void {
  for (const [service, settings] of Object.entries(isMap(merged['services']) ? merged['services'] : {})) {
    if (valueAt(settings, ['runs']) === undefined) continue;
    for (const [key, why] of Object.entries(WITHOUT_MEANING)) {
      if (valueAt(settings, [key]) === undefined) continue;
      report({
        path: ['services', service, key],
        rule: `not come with runs: ${why}`,
        hideValue: true,
        remedy: 'take one of the two out',
      });
    }
  }
}

const WITHOUT_MEANING = {
  healthCheck: 'the code with which it ends says whether it was well',
  deployment: 'its next run takes the new release',
};
