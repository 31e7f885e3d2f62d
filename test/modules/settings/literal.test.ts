import { AuroraMysql } from '../../../modules/database/aurora-mysql';
import { auroraMysqlSettings } from '../../../modules/database/aurora-mysql-settings';
import { literal } from '../../../modules/settings/literal';
import { synthesize, testApp, testFoundation, testStack } from '../../support/harness';

test.each([
  ['plain', 'plain'],
  ['${timestamp()}', '$${timestamp()}'],
  ['%{if true}', '%%{if true}'],
  ['$5 and 50%', '$5 and 50%'],
])('%s is written so that Terraform reads it as it is', (text, written) => {
  expect(literal(text)).toBe(written);
});

test('a parameter of a database is no expression', () => {
  const app = testApp();
  const foundation = testFoundation(app);
  const stack = testStack(app);
  const settings = auroraMysqlSettings.parse({
    engine: 'aurora-mysql',
    instanceClass: 'db.r8g.large',
    parameters: { init_connect: '${timestamp()}' },
  });
  new AuroraMysql(stack, 'orders', { ...foundation, ...settings, globalCluster: 'none', writes: true });
  const [group] = Object.values(synthesize(stack).resource['aws_rds_cluster_parameter_group'] ?? {});
  expect(group?.['parameter']).toContainEqual(expect.objectContaining({ value: '$${timestamp()}' }));
});
