import type { z } from 'zod';
import { replicationGroupRules } from '../../../modules/cache/replication-group-settings';
import { ec2CapacityRules } from '../../../modules/compute/ec2-capacity-settings';
import { loadBalancerRules } from '../../../modules/compute/load-balancer-settings';
import { serviceRules } from '../../../modules/compute/service-settings';
import { siteRules } from '../../../modules/edge/site-settings';
import { databaseRules } from '../../../modules/database/database-settings';
import { queueRules } from '../../../modules/messaging/queue-settings';
import { outsideRules } from '../../../modules/network/outside-settings';
import { brokenNameRule, nameRules, type PhysicalName } from '../../../modules/naming/name-rules';
import { Naming } from '../../../modules/naming/naming';
import type { CapabilityRules, RuleContext, UsableRules } from '../../../modules/settings/capability-rules';
import { bucketRules } from '../../../modules/storage/bucket-rules';
import type { Draft, Finding } from '../check';
import { isMap, valueAt } from '../merge';
import { capabilitySchemas, type CapabilityName, type UsableName } from '../schema';
import { isEnvironmentName } from './environment-name';
import { formerNameIn, sharesName } from './former-name';

/** The rules that each capability that services can use brings along. */
export const USABLE_RULES: { readonly [Name in UsableName]: UsableRules<Entry<Name>> } = {
  databases: databaseRules,
  caches: replicationGroupRules,
  buckets: bucketRules,
  queues: queueRules,
  outside: outsideRules,
  services: serviceRules,
};
/** The rules that each capability brings along. */
const RULES: { readonly [Name in CapabilityName]: CapabilityRules<Entry<Name>> } = {
  ...USABLE_RULES,
  capacity: ec2CapacityRules,
  loadBalancers: loadBalancerRules,
  sites: siteRules,
};
export type Entry<Name extends CapabilityName> = z.output<(typeof capabilitySchemas)[Name]>[string];

/** Holds every entry against the rules of its capability, also while other entries are refused by the schema. */
export function checkCapabilities(draft: Draft): void {
  const taken: Taken = new Map();
  for (const kind of Object.keys(RULES) as CapabilityName[]) checkKind(draft, kind, taken);
}

/** Which entry has asked for a physical name, by kind, region and name. */
type Taken = Map<string, string>;

function checkKind<Name extends CapabilityName>(draft: Draft, kind: Name, taken: Taken): void {
  const entries = draft.merged[kind];
  if (!isMap(entries)) return;
  const rules = RULES[kind];
  const context = contextOf(draft);
  // with a bad name of the environment every one of them would be refused for that alone
  const places = (isEnvironmentName(draft.name) ? context.regions : []).map(
    ({ name }) => new Naming({ environment: draft.name, account: '0'.repeat(12), region: name }),
  );
  for (const [name, entry] of Object.entries(entries)) {
    const parsed = capabilitySchemas[kind].safeParse({ [name]: entry });
    if (!parsed.success) continue;
    const settings = parsed.data[name] as Entry<Name>;
    const made = formerNameIn(draft.merged, kind, name);
    for (const { path, rule, remedy } of rules.problems(made, settings, context)) {
      const at = [kind, name, ...path];
      draft.report({ path: at, rule, ...saidAt({ [kind]: { [name]: settings } }, at), remedy });
    }
    if (sharesName(draft.merged, kind, name)) continue;
    for (const naming of places) checkNames(naming, rules.names(made, settings, naming));

    function checkNames(naming: Naming, names: readonly PhysicalName[]): void {
      for (const physical of names) {
        const path = [kind, name];
        const owner = claim(taken, naming, physical, `${kind}.${name}`);
        const rule =
          brokenNameRule(physical) ??
          (owner && `not make the ${nameRules[physical.kind].what} "${physical.name}", which ${owner} makes`);
        if (rule) draft.report({ path, rule, hideValue: true, remedy: 'choose another name' });
      }
    }
  }
}

/** A value is shown, defaults too where nothing else explains the rule; a map would be shown with defaults that nobody wrote. */
function saidAt(settings: unknown, path: readonly PropertyKey[]): Pick<Finding, 'value' | 'hideValue'> {
  const value = valueAt(settings, path);
  return isMap(value) ? { hideValue: true } : { value };
}

/** @returns the entry that has claimed the name before, if it is another one */
function claim(
  taken: Taken,
  { place }: Naming,
  { kind, name }: PhysicalName,
  entry: string,
): string | undefined {
  const key = `${kind} ${place.region} ${name}`;
  const owner = taken.get(key);
  if (owner === undefined) taken.set(key, entry);
  return owner === entry ? undefined : owner;
}

function contextOf({ merged, production }: Draft): RuleContext {
  const regions = isMap(merged['regions']) ? Object.keys(merged['regions']) : [];
  return {
    production,
    domain: typeof merged['domain'] === 'string' ? merged['domain'] : undefined,
    regions: regions.map((name) => ({
      name,
      role: valueAt(merged, ['regions', name, 'role']) === 'standby' ? 'standby' : 'primary',
    })),
  };
}
