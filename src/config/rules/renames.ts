import type { Draft } from '../check';
import { isMap, valueAt } from '../merge';
import { capabilitySchemas } from '../schema';

/** What was renamed keeps its name in AWS, so that nothing else can have that name in the settings. */
export function checkRenames({ merged, report }: Draft): void {
  for (const kind of Object.keys(capabilitySchemas)) {
    const entries = merged[kind];
    if (!isMap(entries)) continue;
    const owners = new Map<string, string>();
    for (const name of Object.keys(entries)) {
      const former = valueAt(entries, [name, 'renamedFrom']);
      if (typeof former !== 'string') continue;
      const owner = Object.hasOwn(entries, former) ? former : owners.get(former);
      owners.set(former, owner ?? name);
      if (owner === undefined) continue;
      report({
        path: [kind, name, 'renamedFrom'],
        rule: owner === name ? 'be another name' : `not be the name of ${kind}.${owner} in AWS`,
        value: former,
        remedy: owner === name ? 'take it out' : `rename ${kind}.${owner}, or take renamedFrom out`,
      });
    }
  }
}
