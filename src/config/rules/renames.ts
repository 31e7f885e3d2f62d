import type { Draft } from '../check';
import { isMap } from '../merge';
import { capabilitySchemas } from '../schema';
import { formerNamesIn } from './former-name';

/** What was renamed keeps its first name in AWS, and its addresses move away from all the others: nobody else has them. */
export function checkRenames({ merged, report }: Draft): void {
  for (const kind of Object.keys(capabilitySchemas)) {
    const entries = merged[kind];
    if (!isMap(entries)) continue;
    const owners = new Map(Object.keys(entries).map((name) => [name, name]));
    for (const name of Object.keys(entries)) {
      const formers = formerNamesIn(merged, kind, name);
      const path = [kind, name, 'renamedFrom'];
      if (formers.at(-1) === name) {
        report({ path, rule: 'end with another name', value: name, remedy: 'take the last one out' });
        continue;
      }
      for (const former of new Set(formers.filter((one) => one !== name))) {
        const owner = owners.get(former);
        owners.set(former, owner ?? name);
        if (owner === undefined) continue;
        const whose = owner === former ? 'the name' : 'a former name';
        report({
          path,
          rule: `not hold ${whose} of ${kind}.${owner}`,
          value: former,
          remedy: `rename ${kind}.${owner}, or take "${former}" out`,
        });
      }
    }
  }
}
