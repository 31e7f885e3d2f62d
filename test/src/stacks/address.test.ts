import * as fc from 'fast-check';
import { addressOf, renamedPaths } from '../../../src/stacks/address';

describe('an address', () => {
  test.each<[string, string, string, string]>([
    ['is the path in kebab-case, joined by _', 'aws_sns_topic', 'Alerts/Mail', 'alerts_mail'],
    [
      'leaves out a last part that the type says',
      'aws_rds_cluster',
      'Databases/orders/Cluster',
      'databases_orders',
    ],
    ['leaves out several of them', 'aws_kms_key', 'Keys/data/Kms/Key', 'keys_data'],
    [
      'leaves out a part whose every word the type says',
      'aws_s3_bucket_public_access_block',
      'Logs/PublicAccessBlock',
      'logs',
    ],
    [
      'keeps a part of which the type says only some words',
      'aws_security_group',
      'Vpc/EndpointSecurityGroup',
      'vpc_endpoint-security-group',
    ],
    ['keeps what is said further up', 'aws_vpc_endpoint', 'Vpc/Endpoints', 'vpc_endpoints'],
    ['never leaves out the first part', 'aws_vpc', 'Vpc', 'vpc'],
    ['never leaves out the first part of several', 'aws_vpc', 'Vpc/Vpc', 'vpc'],
    [
      'keeps a name from settings, though the type says it',
      'aws_rds_cluster',
      'Databases/cluster/Cluster',
      'databases_cluster',
    ],
    ['knows data sources', 'data.aws_route53_zone', 'Services/inventory/Zone', 'services_inventory'],
    ['knows types of other providers', 'random_password', 'Databases/orders/Password', 'databases_orders'],
    ['keeps hyphens', 'aws_iam_role', 'Services/web-shop/TaskRole', 'services_web-shop_task-role'],
    ['splits camel case', 'aws_route', 'Network/NatA', 'network_nat-a'],
    ['keeps digits with their word', 'aws_vpc_endpoint', 'Endpoints/S3', 'endpoints_s3'],
    ['turns everything else into hyphens', 'aws_vpc_endpoint', 'Endpoints/ecr.api', 'endpoints_ecr-api'],
    [
      'turns spaces into hyphens',
      'aws_vpc_security_group_egress_rule',
      'Services/inventory/To Databases orders 3306/Egress',
      'services_inventory_to-databases-orders-3306',
    ],
    ['trims what a part begins or ends with', 'aws_sns_topic', 'Alerts/(new)', 'alerts_new'],
    ['begins with a letter or _', 'aws_sns_topic', '2nd/Topic', '_2nd'],
  ])('%s: %s of %s is %s', (_rule, type, path, expected) => {
    expect(addressOf(type, path.split('/'))).toBe(expected);
  });

  test('is never that of an entry with another name', () => {
    const types = ['aws_rds_cluster', 'aws_ecs_service', 'aws_s3_bucket', 'aws_cloudwatch_log_group'];
    const tail = fc.constantFrom(...[[], ['Cluster'], ['Rds', 'Cluster'], ['S3', 'Bucket'], ['LogGroup']]);
    const entries = fc.constantFrom(...types).chain((type) => {
      const word = fc.constantFrom(...type.split('_'));
      const name = fc.array(word, { minLength: 1, maxLength: 2 }).map((words) => words.join('-'));
      return fc.record({ type: fc.constant(type), one: name, other: name, rest: tail });
    });
    const property = fc.property(entries, ({ type, one, other, rest }) => {
      fc.pre(one !== other);
      expect(addressOf(type, ['Group', one, ...rest])).not.toBe(addressOf(type, ['Group', other, ...rest]));
    });
    fc.assert(property, { numRuns: 500 });
  });

  test('is an identifier that Terraform takes, whatever the path', () => {
    for (const path of ['a b/c', '9/x', 'Ä/ö', 'A.B/c_d/E-F']) {
      expect(addressOf('aws_sns_topic', path.split('/'))).toMatch(/^[A-Za-z_][A-Za-z0-9_-]*$/);
    }
  });
});

describe('the paths of a renamed entry', () => {
  const renamed = {
    Databases: new Map([['orders', ['orders', 'purchases']]]),
    Services: new Map([
      ['web', ['web', 'shop']],
      ['api', ['gateway', 'edge', 'api']],
    ]),
  };

  test.each([
    [['Databases/orders/Cluster', 'Databases/purchases/Cluster']],
    [['Services/web/TaskRole', 'Services/shop/TaskRole']],
    // two entries in one path, renamed in any order
    [
      [
        'Services/web/To Databases orders 3306/Egress',
        'Services/web/To Databases purchases 3306/Egress',
        'Services/shop/To Databases orders 3306/Egress',
        'Services/shop/To Databases purchases 3306/Egress',
      ],
    ],
    // another kind, another name, or no entry at all
    [['Services/orders/TaskRole']],
    [['Databases/orders-archive/Cluster']],
    [['Network/Databases/orders']],
  ])('%j, the present one last', (paths) => {
    expect(renamedPaths((paths[0] ?? '').split('/'), renamed).map((one) => one.join('/'))).toEqual(paths);
  });

  test('begin elsewhere where the entry has gone back to its first name', () => {
    const paths = renamedPaths('Services/api/TaskRole'.split('/'), renamed);
    expect(paths.map(([, name]) => name)).toEqual(['gateway', 'edge', 'api']);
  });
});
