import { capabilitySchemas } from '../../../../src/config/schema';
import { settingOf } from '../../../../src/terraform/stacks/setting-of';

const settings = {
  databases: {
    orders: { instanceClass: 'db.r7g.large', standby: { readers: 1 }, backup: { retentionDays: 7 } },
    twice: { name: 'a', deeper: { name: 'b' } },
  },
};

it.each([
  { address: 'aws_rds_cluster.databases_orders', attribute: undefined, is: 'databases.orders' },
  { address: 'aws_rds_cluster.databases_orders', attribute: 'engine_mode', is: 'databases.orders' },
  {
    address: 'aws_rds_cluster_instance.databases_orders_instances_0',
    attribute: 'instance_class',
    is: 'databases.orders.instanceClass',
  },
  {
    address: 'aws_rds_cluster.databases_orders',
    attribute: 'retention_days',
    is: 'databases.orders.backup.retentionDays',
  },
  { address: 'aws_rds_cluster.databases_twice', attribute: 'name', is: 'databases.twice' },
  { address: 'aws_rds_cluster.databases_gone', attribute: 'engine', is: 'databases.gone' },
  { address: 'aws_subnet.network_public_a', attribute: 'cidr_block', is: 'regions.us-east-1.network' },
  { address: 'aws_route53_zone.zone', attribute: 'name', is: 'domain' },
  { address: 'aws_kms_key.keys_data', attribute: 'multi_region', is: undefined },
  { address: 'aws_s3_bucket.databases', attribute: undefined, is: undefined },
  { address: 'aws_x.outside_main_part', attribute: undefined, is: undefined },
  { address: 'aws_s3_bucket.buckets_media[0]', attribute: undefined, is: 'buckets.media' },
])('$address, $attribute: $is', ({ address, attribute, is }) => {
  expect(settingOf(address, 'us-east-1', attribute, settings)).toBe(is);
});

// what is outside has no resources of its own
it.each(Object.keys(capabilitySchemas).filter((kind) => kind !== 'outside'))(
  '%s are named by their entry',
  (capability) => {
    expect(settingOf(`aws_x.${capability}_main_part`, 'us-east-1')).toBe(`${capability}.main`);
  },
);
