import { isMap } from '../../src/config/merge';
import { environments, sharedWithDelivery as shared } from '../fixtures/car-retail';
import type { EnvironmentFile } from '../../src/config/define';
import { changed, estateOf, stacksOf, type StackJson } from '../support/estate';
import { fixtureStacks } from '../support/estates';
import { leaving } from '../support/life-cycle';

const isProd = ({ place }: StackJson) => place.scope === 'prod';
const before = fixtureStacks().filter(isProd);
const prodStacks = (prod: EnvironmentFile) =>
  stacksOf(estateOf({ environments: { ...environments, prod }, shared }), ['prod']);
const after = prodStacks(leaving(environments.prod));

/** What differs, as `<resource>.<argument>: before -> after`. */
function differences(old: unknown, now: unknown, path = ''): string[] {
  if (JSON.stringify(old) === JSON.stringify(now)) return [];
  if (!isMap(old) || !isMap(now)) return [`${path}: ${JSON.stringify(old)} -> ${JSON.stringify(now)}`];
  const keys = [...new Set([...Object.keys(old), ...Object.keys(now)])];
  return keys.flatMap((key) => differences(old[key], now[key], `${path}${path && '.'}${key}`));
}

/** What the resources of all stacks say differently, each line with its stack. */
const changesTo = (stacks: readonly StackJson[]) =>
  stacks.flatMap((stack) => {
    const old = before.find(({ id }) => id === stack.id);
    return differences(old?.resource, stack.resource).map((line) => `${stack.id} ${line}`);
  });
const RELEASED =
  /(\.(deletion_protection|enable_deletion_protection|delete_protection|lifecycle\.prevent_destroy): true -> false|\.force_destroy: (false|undefined) -> true)$/;
/** What goes is copied nowhere any more, and nothing is copied there. */
const isCopying = (line: string) => /^\S+-replication aws_/.test(line);
/** Chat channels hear of what goes no more. */
const isTelling = (line: string) => line.startsWith('prod-global-alerts ');
/** What goes is linked to nothing any more; its services start anew without the other region's names. */
const isLinking = (line: string) =>
  /^prod-global-links |cross-region-reads|elsewhere|_published|orders_(readers_last|alarms_silent)|dashboard_body|network_acl|dns-firewall_own|services_(inventory|indexer)\.(container_definitions|depends_on)/.test(
    line,
  );
const REFUSING = /"(prevent_destroy|(enable_)?deletion_protection|delete_protection)": true/;

describe('an entry that is about to be removed', () => {
  const changes = changesTo(after);

  test('no longer refuses to be deleted, is copied no more, and nothing else about it changes', () => {
    expect(changes.filter((line) => !RELEASED.test(line) && !isCopying(line))).toEqual([]);
    expect(after.filter(({ id }) => id.endsWith('-replication')).map(({ resource }) => resource)).toEqual([
      {},
      {},
    ]);
  });

  test.each(['aws_rds_cluster', 'aws_rds_global_cluster', 'aws_elasticache_replication_group', 'aws_lb'])(
    'can be a %s',
    (type) => expect(changes.some((line) => line.includes(` ${type}.`))).toBe(true),
  );

  test('leaves nothing in the workload that refuses', () => {
    for (const stack of after.filter(({ id }) => id.endsWith('-workload'))) {
      expect(stack.text).not.toMatch(REFUSING);
    }
  });
});

describe('an environment that is about to go', () => {
  const going = prodStacks(changed(environments.prod, { decommission: true }));

  test('holds nothing that refuses to be deleted, in any of its stacks', () => {
    expect(before.filter(({ text }) => REFUSING.test(text))).toHaveLength(6);
    expect(going.filter(({ text }) => REFUSING.test(text))).toEqual([]);
  });

  test('changes in nothing else: last snapshots and the windows of keys and secrets stay', () => {
    expect(changesTo(going).filter((line) => !RELEASED.test(line) && !isCopying(line))).toEqual([]);
  });
});

describe('a region that is about to go', () => {
  const going = prodStacks(changed(environments.prod, { regions: { 'us-west-2': { decommission: true } } }));

  test('holds nothing that refuses to be deleted', () => {
    const there = going.filter(({ place }) => place.region === 'us-west-2' && !place.global);
    expect(there.map(({ id }) => id)).toEqual([
      'prod-us-west-2-foundation',
      'prod-us-west-2-workload',
      'prod-us-west-2-replication',
    ]);
    expect(there.filter(({ text }) => REFUSING.test(text))).toEqual([]);
  });

  // without a standby region there can be no global database, whose cluster then stands alone
  test('leaves the others as they are, but for global databases that end with it', () => {
    const changes = changesTo(going).filter(
      (line) => !isCopying(line) && !isTelling(line) && !isLinking(line),
    );
    expect(changes.filter((line) => !RELEASED.test(line))).toEqual([]);
    expect(changes.filter((line) => !/^prod-us-west-2-(foundation|workload) /.test(line))).toEqual([
      'prod-us-east-1-workload aws_rds_global_cluster.databases_orders.deletion_protection: true -> false',
      'prod-us-east-1-workload aws_rds_global_cluster.databases_orders.lifecycle.prevent_destroy: true -> false',
      'prod-us-east-1-workload aws_rds_global_cluster.databases_orders.force_destroy: undefined -> true',
    ]);
  });

  test('ends no global database while another standby stays', () => {
    const three = (more: object) =>
      prodStacks(
        changed(environments.prod, {
          regions: {
            'us-west-2': { failover: true },
            'eu-west-1': {
              role: 'standby',
              network: { cidr: '10.99.0.0/16', nat: 'one-per-az', egress: 'firewall' },
              ...more,
            },
          },
        }),
      ).find(({ id }) => id === 'prod-us-east-1-workload')?.text;
    expect(three({ decommission: true })).toBe(three({}));
  });
});
