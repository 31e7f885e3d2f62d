import { isMap } from '../../src/config/merge';
import { environments, sharedWithDelivery as shared } from '../fixtures/car-retail';
import { estateOf, stacksOf, type StackJson } from '../support/estate';
import { fixtureStacks } from '../support/estates';
import { NEW_NAMES, renamed } from '../support/life-cycle';

const isProd = ({ place }: StackJson) => place.scope === 'prod';
const before = fixtureStacks().filter(isProd);
const after = stacksOf(
  estateOf({ environments: { ...environments, prod: renamed(environments.prod) }, shared }),
  ['prod'],
);

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
      const old = addresses(before.find(({ id }) => id === stack.id));
      const now = addresses(stack);
      const moves = movesIn(stack);
      const gone = old.filter((one) => !now.includes(one));
      expect(gone.map((from) => endOf(moves, from)).sort()).toEqual(now.filter((one) => !old.includes(one)));
      for (const from of gone) expect(back(endOf(moves, from))).toBe(from);
    }
  });

  // Terraform refuses what has two origins, is moved twice, or is declared where it was moved away
  test('moves in one chain each', () => {
    for (const stack of after) {
      const moves = movesIn(stack);
      expect(new Set(moves.values()).size).toBe(moves.size);
      expect(addresses(stack).filter((address) => moves.has(address))).toEqual([]);
    }
  });

  test.each([[['services']], [['databases']], [['caches', 'buckets']]])(
    'moves also what stands where %j alone were renamed by then',
    (kinds) => {
      const file = { environments: { ...environments, prod: renamed(environments.prod, kinds) }, shared };
      for (const between of stacksOf(estateOf(file), ['prod'])) {
        const stack = after.find(({ id }) => id === between.id);
        const ends = addresses(between).map((one) => endOf(movesIn(stack), one));
        expect(ends.sort()).toEqual(addresses(stack));
      }
    },
  );

  test('takes in every resource of the entry, also the rules that others have to it', () => {
    const workload = parsed(after.find(({ id }) => id === 'prod-us-east-1-workload'));
    const moved = (workload['moved'] as { from: string; to: string }[]).map(({ to }) => to);
    expect(moved).toContain('aws_rds_cluster.databases_purchases');
    expect(moved).toContain('aws_elasticache_replication_group.caches_visits');
    expect(moved).toContain('terraform_data.caches_visits_final-snapshot');
    expect(moved).toContain('aws_s3_bucket.buckets_pictures');
    expect(moved).toContain('aws_sqs_queue.queues_arrivals');
    expect(moved).toContain('aws_ecs_service.services_stockroom');
    expect(moved).toContain(
      'aws_vpc_security_group_egress_rule.services_accounts_connections_to-caches-visits-6379',
    );
  });
});

const movesIn = (stack: StackJson | undefined) =>
  new Map(
    ((parsed(stack)['moved'] ?? []) as { from: string; to: string }[]).map(({ from, to }) => [from, to]),
  );

/** Where the chain that begins at an address ends. */
function endOf(moves: ReadonlyMap<string, string>, address: string): string {
  const next = moves.get(address);
  return next === undefined ? address : endOf(moves, next);
}

function addresses(stack: StackJson | undefined): string[] {
  return Object.entries(stack?.resource ?? {})
    .flatMap(([type, named]) => Object.keys(named).map((name) => `${type}.${name}`))
    .sort();
}
