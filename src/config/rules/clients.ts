import type { UsableRules } from '../../../modules/settings/capability-rules';
import type { Draft } from '../check';
import { isMap, valueAt, type Json } from '../merge';
import { capabilitySchemas, USABLE_NAMES, type UsableName } from '../schema';
import { USABLE_RULES, type Entry } from './capabilities';
import { formerNameIn } from './former-name';
import { namesIn } from './uses';

/** What a service uses sets each of its variables once, and can make a user of its name. */
export function checkClients({ merged, report }: Draft): void {
  if (!isMap(merged['services'])) return;
  for (const [service, settings] of Object.entries(merged['services'])) {
    const owners = new Map<string, string>();
    for (const kind of USABLE_NAMES) {
      for (const [at, name] of namesIn(valueAt(settings, ['uses', kind]))) {
        const path = ['services', service, 'uses', kind, at];
        checkUser(formerNameIn(merged, 'services', service), kind, name, path);
        checkVariables(owners, kind, name, path);
      }
    }
  }

  function checkUser(service: string, kind: UsableName, name: string, path: readonly PropertyKey[]): void {
    const isTaken = USABLE_RULES[kind].takenUsers?.includes(service) ?? false;
    if (!isTaken && !ownUsersOf(merged, kind, name).includes(service)) return;
    const user = isTaken ? 'a user that AWS makes or reserves' : 'its master user';
    report({
      path,
      rule: `not be used by a service named ${service}, which is ${user}`,
      value: name,
      remedy: 'rename the service',
    });
  }

  function checkVariables(
    owners: Map<string, string>,
    kind: UsableName,
    name: string,
    path: readonly PropertyKey[],
  ): void {
    const thing = `${kind}.${name}`;
    for (const variable of variablesOf(merged, kind, name)) {
      const owner = owners.get(variable);
      owners.set(variable, owner ?? thing);
      if (owner === undefined || owner === thing) continue;
      report({
        path,
        rule: `not set the variable ${variable}, which ${owner} sets too`,
        value: name,
        remedy: 'rename one of the two',
      });
    }
  }
}

/** Names of the variables that `uses` sets, as it is written. */
export const variablesUsed = (merged: Json, uses: unknown): string[] =>
  USABLE_NAMES.flatMap((kind) =>
    namesIn(valueAt(uses, [kind])).flatMap(([, name]) => variablesOf(merged, kind, name)),
  );

function variablesOf<Kind extends UsableName>(merged: Json, kind: Kind, name: string): readonly string[] {
  const rules: UsableRules<Entry<Kind>> = USABLE_RULES[kind];
  const entry = entryOf(merged, kind, name);
  return entry === undefined ? [] : rules.variables(formerNameIn(merged, kind, name), entry);
}

function ownUsersOf<Kind extends UsableName>(merged: Json, kind: Kind, name: string): readonly string[] {
  const rules: UsableRules<Entry<Kind>> = USABLE_RULES[kind];
  const entry = entryOf(merged, kind, name);
  return entry === undefined ? [] : (rules.ownUsers?.(entry) ?? []);
}

/** Nothing of an entry that the schema refuses. */
function entryOf<Kind extends UsableName>(merged: Json, kind: Kind, name: string): Entry<Kind> | undefined {
  const parsed = capabilitySchemas[kind].safeParse({ [name]: valueAt(merged, [kind, name]) });
  // a name that every object has is reported elsewhere, and is not in what was parsed
  return parsed.success && Object.hasOwn(parsed.data, name) ? (parsed.data[name] as Entry<Kind>) : undefined;
}
