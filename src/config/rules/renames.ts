import type { Draft } from '../check';
import { isMap, valueAt } from '../merge';
import { capabilitySchemas } from '../schema';
import { formerNamesIn, outdatedNames } from './former-name';

/** What was renamed keeps its first name in AWS, and its addresses move away from all the others: nobody else has them. */
export function checkRenames(draft: Draft): void {
  const { file, merged, report } = draft;
  for (const kind of Object.keys(capabilitySchemas)) {
    const entries = merged[kind];
    if (!isMap(entries)) continue;
    const outdated = outdatedNames(draft, kind);
    for (const [former, now] of outdated) {
      report({
        path: [kind, former],
        rule: `be called ${now}, as the blueprint calls it now`,
        hideValue: true,
        settles: true,
        settlesToo: [kind, now],
        remedy: 'rename it here too',
      });
    }
    const owners = new Map(Object.keys(entries).map((name) => [name, name]));
    for (const name of Object.keys(entries)) {
      const formers = formerNamesIn(merged, kind, name);
      const path = [kind, name, 'renamedFrom'];
      if (formers.at(-1) === name) {
        report({ path, rule: 'end with another name', value: name, remedy: 'take the last one out' });
        continue;
      }
      for (const former of new Set(formers.filter((one) => one !== name && !outdated.has(one)))) {
        const owner = owners.get(former);
        owners.set(former, owner ?? name);
        if (owner === undefined) continue;
        const whose = owner === former ? 'the name' : 'a former name';
        report({
          path,
          rule: `not hold ${whose} of ${kind}.${owner}`,
          value: former,
          remedy: isOfBlueprint(former, name)
            ? `rename it in the blueprint, or take "${former}" out`
            : `rename ${kind}.${owner}, or take "${former}" out`,
        });
      }
    }

    /** An entry that all environments have is not renamed in one of them. */
    function isOfBlueprint(former: string, name: string): boolean {
      const said = (entry: string) => isMap(file) && valueAt(file.blueprint, [kind, entry]) !== undefined;
      return said(former) && !said(name);
    }
  }
}
