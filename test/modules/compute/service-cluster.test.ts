import { TerraformOutput } from 'cdktf';
import { ephemeralStorageUses } from '../../../modules/compute/ephemeral-storage';
import { ServiceCluster } from '../../../modules/compute/service-cluster';
import { ACCOUNT, naming, synthesize, testApp, testFoundation, testStack } from '../../support/harness';

function synthCluster(props: { containerInsights?: 'enabled' | 'enhanced' } = {}) {
  const app = testApp();
  const foundation = testFoundation(app);
  const stack = testStack(app);
  const { name } = new ServiceCluster(stack, 'Cluster', { ...foundation, ...props });
  new TerraformOutput(stack, 'name', { value: name });
  return synthesize(stack);
}

test('is a cluster that runs on Fargate, and on Spot where a service asks for it', () => {
  const out = synthCluster();
  expect(out.addresses).toEqual([
    'aws_cloudwatch_log_group.cluster_insights',
    'aws_ecs_cluster.cluster',
    'aws_ecs_cluster_capacity_providers.cluster',
  ]);
  expect(out.at('aws_ecs_cluster_capacity_providers.cluster')).toMatchObject({
    cluster_name: '${aws_ecs_cluster.cluster.name}',
    capacity_providers: ['FARGATE', 'FARGATE_SPOT'],
    default_capacity_provider_strategy: [{ capacity_provider: 'FARGATE', weight: 1 }],
  });
});

test('lets nobody name it before it has capacity', () => {
  expect(synthCluster().output['name']?.['value']).toBe(
    '${aws_ecs_cluster_capacity_providers.cluster.cluster_name}',
  );
});

test('measures its services, and tasks and containers where that is asked for', () => {
  const out = synthCluster();
  expect(out.at('aws_ecs_cluster.cluster')).toMatchObject({
    name: 'test-services',
    setting: [{ name: 'containerInsights', value: 'enabled' }],
  });
  expect(synthCluster({ containerInsights: 'enhanced' }).at('aws_ecs_cluster.cluster')['setting']).toEqual([
    { name: 'containerInsights', value: 'enhanced' },
  ]);
});

test('has the log of its measurements encrypted before anything writes to it', () => {
  const out = synthCluster();
  expect(out.at('aws_cloudwatch_log_group.cluster_insights')).toMatchObject({
    name: '/aws/ecs/containerinsights/test-services/performance',
    retention_in_days: 1,
    kms_key_id: '${data.terraform_remote_state.foundation.outputs.aws-kms-key-keys-logs-arn}',
  });
  expect(out.at('aws_ecs_cluster.cluster')['depends_on']).toEqual([
    'aws_cloudwatch_log_group.cluster_insights',
  ]);
});

test('encrypts the temporary storage of tasks with the key that is for it', () => {
  expect(synthCluster().at('aws_ecs_cluster.cluster')['configuration']).toEqual({
    managed_storage_configuration: {
      fargate_ephemeral_storage_kms_key_id:
        '${data.terraform_remote_state.foundation.outputs.aws-kms-key-keys-tasks-arn}',
    },
  });
});

test('knows what Fargate must be allowed to do with that key, for this cluster alone', () => {
  const cluster = {
    'kms:EncryptionContext:aws:ecs:clusterAccount': ACCOUNT,
    'kms:EncryptionContext:aws:ecs:clusterName': 'test-services',
  };
  expect(ephemeralStorageUses(naming)).toEqual([
    {
      principal: 'fargate.amazonaws.com',
      actions: ['kms:GenerateDataKeyWithoutPlaintext'],
      condition: { StringEquals: cluster },
    },
    {
      principal: 'fargate.amazonaws.com',
      actions: ['kms:CreateGrant'],
      condition: {
        StringEquals: cluster,
        'ForAllValues:StringEquals': { 'kms:GrantOperations': ['Decrypt'] },
      },
    },
  ]);
});
