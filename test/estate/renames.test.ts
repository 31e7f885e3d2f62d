import { isMap } from '../../src/config/merge';
import { environments, shared } from '../fixtures/car-retail';
import { estateOf, stacksOf, type StackJson } from '../support/estate';
import { fixtureStacks } from '../support/estates';
import { NEW_NAMES, renamed } from '../support/life-cycle';

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
