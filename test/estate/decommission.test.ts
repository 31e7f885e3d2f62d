import { isMap } from '../../src/config/merge';
import { environments, sharedWithDelivery as shared } from '../fixtures/car-retail';
import { estateOf, stacksOf, type StackJson } from '../support/estate';
import { fixtureStacks } from '../support/estates';
import { leaving } from '../support/life-cycle';

const isProd = ({ place }: StackJson) => place.scope === 'prod';
const before = fixtureStacks().filter(isProd);
const after = stacksOf(
  estateOf({ environments: { ...environments, prod: leaving(environments.prod) }, shared }),
  ['prod'],
);

/** What differs, as `<resource>.<argument>: before -> after`. */
function differences(old: unknown, now: unknown, path = ''): string[] {
  if (JSON.stringify(old) === JSON.stringify(now)) return [];
  if (!isMap(old) || !isMap(now)) return [`${path}: ${JSON.stringify(old)} -> ${JSON.stringify(now)}`];
  const keys = [...new Set([...Object.keys(old), ...Object.keys(now)])];
  return keys.flatMap((key) => differences(old[key], now[key], `${path}${path && '.'}${key}`));
}

describe('an entry that is about to be removed', () => {
  const changes = after.flatMap((stack) => {
    const old = before.find(({ id }) => id === stack.id);
    return differences(old?.resource, stack.resource).map((line) => `${stack.id} ${line}`);
  });

  test('no longer refuses to be deleted, and nothing else about it changes', () => {
    const allowed =
      /(\.(deletion_protection|enable_deletion_protection|lifecycle\.prevent_destroy): true -> false|\.force_destroy: false -> true)$/;
    expect(changes.filter((line) => !allowed.test(line))).toEqual([]);
  });

  test.each(['aws_rds_cluster', 'aws_rds_global_cluster', 'aws_elasticache_replication_group', 'aws_lb'])(
    'can be a %s',
    (type) => expect(changes.some((line) => line.includes(` ${type}.`))).toBe(true),
  );

  test('leaves nothing in the workload that refuses', () => {
    for (const stack of after.filter(({ id }) => id.endsWith('-workload'))) {
      expect(stack.text).not.toMatch(/"(prevent_destroy|(enable_)?deletion_protection)": true/);
    }
  });
});
