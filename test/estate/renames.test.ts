import type { EnvironmentFile } from '../../src/config/define';
import { isMap, merge } from '../../src/config/merge';
import { environments, shared } from '../fixtures/car-retail';
import { estateOf, stacksOf, type StackJson } from '../support/estate';
import { fixtureStacks } from '../support/estates';

/** One entry of each kind gets a new name; none of them occurs anywhere else. */
const NEW_NAMES = {
  databases: { orders: 'purchases' },
  caches: { sessions: 'visits' },
  buckets: { media: 'pictures' },
  services: { inventory: 'stockroom' },
} as const;

type Settings = Record<string, Record<string, Record<string, unknown>>>;

/** The environment with new names in its settings, and nothing else changed. */
function renamed(file: EnvironmentFile): EnvironmentFile {
  const settings = structuredClone(merge(file.blueprint, file.overrides)) as Settings;
  for (const [kind, names] of Object.entries(NEW_NAMES)) {
    settings[kind] = Object.fromEntries(
      Object.entries(settings[kind] ?? {}).map(([name, entry]) =>
        name in names ? [names[name as keyof typeof names], { ...entry, renamedFrom: name }] : [name, entry],
      ),
    );
  }
  for (const service of Object.values(settings['services'] ?? {})) {
    const uses = service['uses'] as Record<string, unknown>;
    for (const [kind, said] of Object.entries(uses)) uses[kind] = withNewNames(kind, said);
  }
  return { blueprint: {}, overrides: settings };
}

function withNewNames(kind: string, said: unknown): unknown {
  const names = NEW_NAMES[kind as keyof typeof NEW_NAMES] as Record<string, string>;
  if (isMap(said))
    return Object.fromEntries(Object.entries(said).map(([one, how]) => [names[one] ?? one, how]));
  return (said as string[]).map((one) => names[one] ?? one);
}

const isProd = ({ place }: StackJson) => place.scope === 'prod';
const before = fixtureStacks().filter(isProd);
const after = stacksOf(estateOf({ environments: { prod: renamed(environments.prod) }, shared }), ['prod']);

const all = Object.values(NEW_NAMES).flatMap((names) => Object.entries(names));
const back = (text: string) => all.reduce((said, [old, now]) => said.replaceAll(now, old), text);
const parsed = (stack: StackJson | undefined) => JSON.parse(stack?.text ?? '{}') as Record<string, unknown>;

/** Every text that AWS gets to see, which is all but addresses. */
function valuesIn(value: unknown, key = ''): string[] {
  if (['moved', 'depends_on', '//'].includes(key)) return [];
  if (Array.isArray(value)) return value.flatMap((one) => valuesIn(one));
  if (isMap(value)) return Object.entries(value).flatMap(([inner, one]) => valuesIn(one, inner));
  return typeof value === 'string' ? [value.replaceAll(/\$\{[^}]*\}/g, '')] : [];
}

describe('a new name for an entry', () => {
  test('changes no name, no variable and no permission in AWS', () => {
    const newNames = new RegExp(all.map(([, now]) => now).join('|'), 'i');
    for (const stack of after)
      expect(valuesIn(parsed(stack)).filter((value) => newNames.test(value))).toEqual([]);
  });

  test('changes addresses, and nothing but addresses', () => {
    for (const stack of after) {
      const now = JSON.parse(back(stack.text)) as Record<string, unknown>;
      delete now['moved'];
      expect(now).toEqual(parsed(before.find(({ id }) => id === stack.id)));
    }
  });

  test('moves each resource whose address has changed, and no other', () => {
    for (const stack of after) {
      const moved = (parsed(stack)['moved'] ?? []) as { from: string; to: string }[];
      const old = addresses(before.find(({ id }) => id === stack.id));
      const now = addresses(stack);
      expect(moved.map(({ from }) => from).sort()).toEqual(old.filter((one) => !now.includes(one)));
      expect(moved.map(({ to }) => to).sort()).toEqual(now.filter((one) => !old.includes(one)));
      for (const { from, to } of moved) expect(back(to)).toBe(from);
    }
  });

  test('takes in every resource of the entry, also the rules that others have to it', () => {
    const workload = parsed(after.find(({ id }) => id === 'prod-us-east-1-workload'));
    const moved = (workload['moved'] as { from: string; to: string }[]).map(({ to }) => to);
    expect(moved).toContain('aws_rds_cluster.databases_purchases');
    expect(moved).toContain('aws_elasticache_replication_group.caches_visits');
    expect(moved).toContain('aws_s3_bucket.buckets_pictures');
    expect(moved).toContain('aws_ecs_service.services_stockroom');
    expect(moved).toContain(
      'aws_vpc_security_group_egress_rule.services_accounts_connections_to-caches-visits-6379',
    );
  });
});

function addresses(stack: StackJson | undefined): string[] {
  return Object.entries(stack?.resource ?? {})
    .flatMap(([type, named]) => Object.keys(named).map((name) => `${type}.${name}`))
    .sort();
}
