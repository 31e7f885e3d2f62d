import type { Draft } from '../check';
import { isMap, valueAt, type Json } from '../merge';
import { USABLE_NAMES, type UsableName } from '../schema';
import { missingName, outdatedNames } from './former-name';

/** What stands in no region, and so is there for all of them. */
const EVERYWHERE: readonly string[] = ['outside'] satisfies UsableName[];

/** What a service uses must exist, also in the standby region if the service stands there. What nobody uses is odd. */
export function checkUses(draft: Draft): void {
  const { file, merged, report, warn } = draft;
  const used = new Set<string>();
  for (const [service, settings] of entries(merged, 'services')) {
    for (const kind of USABLE_NAMES) {
      const said = valueAt(settings, ['uses', kind]);
      for (const [at, name] of namesIn(said)) {
        used.add(`${kind}.${name}`);
        checkName(service, settings, kind, name, ['services', service, 'uses', kind, at]);
      }
    }
  }
  for (const kind of USABLE_NAMES) {
    // a service has its own reason to be there
    for (const [name] of kind === 'services' ? [] : entries(merged, kind)) {
      if (!used.has(`${kind}.${name}`)) {
        warn({
          path: [kind, name],
          rule: 'be used by a service',
          hideValue: true,
          remedy: `name it in the uses of a service, or remove it`,
        });
      }
    }
  }

  function checkName(
    service: string,
    settings: unknown,
    kind: string,
    name: string,
    path: readonly PropertyKey[],
  ): void {
    const outdated = outdatedNames(draft, kind);
    const known = entries(merged, kind).flatMap(([one]) => (outdated.has(one) ? [] : [one]));
    if (!known.includes(name) && valueAt(file.overrides, [kind, name]) === null) {
      // whoever removed it is to hear of it: the file that uses it may serve other environments
      report({
        path: [kind, name],
        rule: `stay while services.${service} uses it`,
        value: null,
        remedy: `leave it out of services.${service}.uses.${kind} too`,
      });
    } else if (!known.includes(name)) {
      report({
        path,
        rule: `name one of ${kind}`,
        value: name,
        remedy: missingName(merged, kind, name, known),
      });
    } else if (
      !EVERYWHERE.includes(kind) &&
      valueAt(settings, ['standby']) &&
      !valueAt(merged, [kind, name, 'standby'])
    ) {
      report({
        path,
        rule: `stand in the standby region too, as services.${service}.standby says of the service`,
        value: name,
        remedy: `give ${kind}.${name} a standby, or take that of the service away`,
      });
    }
  }
}

const entries = (merged: Json, kind: string): [string, unknown][] =>
  isMap(merged[kind]) ? Object.entries(merged[kind]) : [];

/** Of a list the index and the name, of a map the name and the name. */
export function namesIn(said: unknown): [string | number, string][] {
  if (Array.isArray(said)) return said.map(String).map((name, index) => [index, name]);
  return isMap(said) ? Object.keys(said).map((name) => [name, name]) : [];
}
