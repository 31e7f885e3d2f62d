import { Construct } from 'constructs';
import type { z } from 'zod';
import { Ec2Capacity } from '../../../modules/compute/ec2-capacity';
import { ec2CapacityRules, ec2CapacitySettings } from '../../../modules/compute/ec2-capacity-settings';
import { architectureOf, vcpusOf } from '../../../modules/compute/instance-type';
import { naming, synthesize, testApp, testFoundation, testStack } from '../../support/harness';
import { statementsOf } from '../../support/statements';

type Input = z.input<typeof ec2CapacitySettings>;
const minimal = { instanceType: 'm7g.large', min: 2, max: 6 } satisfies Input;

function synthCapacity(change: Partial<Input> = {}) {
  const app = testApp();
  const foundation = testFoundation(app);
  const stack = testStack(app);
  new Ec2Capacity(new Construct(stack, 'Capacity'), 'general', {
    ...foundation,
    ...ec2CapacitySettings.parse({ ...minimal, ...change }),
    clusterName: 'test-services',
  });
  return synthesize(stack);
}

describe('C4: EC2 capacity', () => {
  test('is exactly this, and reaches AWS alone', () => {
    const out = synthCapacity();
    expect(out.addresses).toEqual([
      'aws_autoscaling_group.capacity_general',
      'aws_cloudwatch_metric_alarm.capacity_general_alarms_short',
      'aws_ecs_capacity_provider.capacity_general',
      'aws_iam_instance_profile.capacity_general',
      'aws_iam_role.capacity_general',
      'aws_iam_role_policy.capacity_general_role_run-tasks',
      'aws_launch_template.capacity_general',
      'aws_security_group.capacity_general_connections',
      'aws_vpc_security_group_egress_rule.capacity_general_connections_to-network-endpoints-443',
      'aws_vpc_security_group_egress_rule.capacity_general_connections_to-s3-443',
    ]);
  });

  test('is scaled by ECS, which ends no instance that runs a task', () => {
    const out = synthCapacity({ targetPercent: 80 });
    expect(out.at('aws_ecs_capacity_provider.capacity_general')).toMatchObject({
      name: 'test-general',
      auto_scaling_group_provider: {
        auto_scaling_group_arn: '${aws_autoscaling_group.capacity_general.arn}',
        managed_scaling: { status: 'ENABLED', target_capacity: 80 },
        managed_termination_protection: 'ENABLED',
        managed_draining: 'ENABLED',
      },
    });
    const group = out.at('aws_autoscaling_group.capacity_general');
    expect(group).toMatchObject({ min_size: 2, max_size: 6, protect_from_scale_in: true });
    expect(group).not.toHaveProperty('desired_capacity');
    expect(out.resource).not.toHaveProperty('aws_autoscaling_policy');
  });

  test('keeps the tag that ECS would set on the group', () => {
    const { tag } = synthCapacity().at('aws_autoscaling_group.capacity_general');
    expect(tag).toContainEqual({ key: 'AmazonECSManaged', value: 'true', propagate_at_launch: true });
    expect(tag).toContainEqual({ key: 'Environment', value: 'test', propagate_at_launch: true });
  });

  test('replaces instances when their template changes, a new one before an old one', () => {
    const group = synthCapacity().at('aws_autoscaling_group.capacity_general');
    expect(group['launch_template']).toEqual({
      id: '${aws_launch_template.capacity_general.id}',
      version: '${tostring(aws_launch_template.capacity_general.latest_version)}',
    });
    expect(group['instance_refresh']).toMatchObject({
      strategy: 'Rolling',
      preferences: {
        min_healthy_percentage: 100,
        scale_in_protected_instances: 'Refresh',
        auto_rollback: true,
      },
    });
  });

  test.each([
    ['m7g.large', 'arm64/'],
    ['m7i.large', ''],
  ])('starts %s from the image that ECS recommends on that day', (instanceType, path) => {
    expect(synthCapacity({ instanceType }).at('aws_launch_template.capacity_general')['image_id']).toBe(
      `resolve:ssm:/aws/service/ecs/optimized-ami/amazon-linux-2023/${path}recommended/image_id`,
    );
  });

  test('keeps the role of the instance from tasks, and its volumes encrypted', () => {
    const template = synthCapacity({ volumeGiB: 80 }).at('aws_launch_template.capacity_general');
    expect(template).toMatchObject({
      metadata_options: { http_endpoint: 'enabled', http_tokens: 'required', http_put_response_hop_limit: 1 },
      block_device_mappings: [{ ebs: { encrypted: 'true', volume_size: 80 } }],
    });
    expect(template['user_data']).toContain('ECS_CLUSTER=test-services');
    expect(template['user_data']).toContain('ECS_AWSVPC_BLOCK_IMDS=true');
  });

  test('may join its own cluster and nothing else', () => {
    const { policy } = synthCapacity().at('aws_iam_role_policy.capacity_general_role_run-tasks');
    expect(statementsOf(policy).map(({ Resource }) => Resource)).toEqual([
      '*',
      'arn:aws:ecs:us-east-1:111122223333:cluster/test-services',
      'arn:aws:ecs:us-east-1:111122223333:container-instance/test-services/*',
    ]);
    expect(statementsOf(policy)[0]?.['Action']).toBe('ecs:DiscoverPollEndpoint');
  });

  test('rings when tasks wait for instances', () => {
    expect(synthCapacity().at('aws_cloudwatch_metric_alarm.capacity_general_alarms_short')).toMatchObject({
      namespace: 'AWS/ECS/ManagedScaling',
      metric_name: 'CapacityProviderReservation',
      dimensions: { CapacityProviderName: 'test-general', ClusterName: 'test-services' },
      threshold: 100,
      evaluation_periods: 15,
    });
  });
});

describe('settings of EC2 capacity', () => {
  const refusals = (change: object) =>
    (ec2CapacitySettings.safeParse({ ...minimal, ...change }).error?.issues ?? []).map(
      ({ path, message }) => `${path.join('.')}: ${message}`,
    );

  test('have these defaults', () => {
    expect(ec2CapacitySettings.parse(minimal)).toEqual({ ...minimal, targetPercent: 100, volumeGiB: 30 });
  });

  test('refuse other scaling, which would fight with that of ECS', () => {
    expect(refusals({ scaleOn: { cpuPercent: 50 } })).toEqual([
      'scaleOn: not be set, since ECS starts and stops instances as its tasks need them; take it out, and change min, max or targetPercent',
    ]);
  });

  test.each([
    ['m7g.lrage', /^instanceType: be a size of m7g: one of medium, large, /],
    ['m4.large', /^instanceType: be a current instance type without local disks: one of t3, /],
    ['large', /^instanceType: be a current instance type/],
  ])('refuse %s', (instanceType, message) => {
    expect(refusals({ instanceType })[0]).toMatch(message);
  });

  test.each<[string, object, boolean, string[]]>([
    ['order', { min: 7 }, false, ['min must be at most max, 6; swap the two']],
    [
      'order in the standby',
      { standby: { max: 1 } },
      false,
      ['standby.min must be at most max, 1; swap the two'],
    ],
    [
      'one instance in production',
      { min: 1, standby: { min: 1 } },
      true,
      ['min', 'standby.min'].map(
        (path) =>
          `${path} must be 0 or at least 2 in production; raise it, so that the loss of a zone leaves one, or set 0 to start with the first task`,
      ),
    ],
    ['one instance elsewhere', { min: 1 }, false, []],
  ])('have rules: %s', (_name, change, production, expected) => {
    const regions = [{ name: 'us-west-2', role: 'standby' as const }];
    const settings = ec2CapacitySettings.parse({ ...minimal, ...change });
    expect(
      ec2CapacityRules
        .problems('general', settings, { production, regions, domain: undefined })
        .map(({ path, rule, remedy }) => `${path.join('.')} must ${rule}; ${remedy}`),
    ).toEqual(expected);
  });

  test('ask AWS for these names', () => {
    expect(ec2CapacityRules.names('general', ec2CapacitySettings.parse(minimal), naming)).toEqual([
      { kind: 'capacityProvider', name: 'test-general' },
      { kind: 'role', name: 'test-general-capacity-us-east-1' },
      { kind: 'securityGroup', name: 'test-general-capacity' },
    ]);
  });
});

test.each([
  ['m7g.medium', 'ARM64', 1],
  ['t4g.medium', 'ARM64', 2],
  ['c8g.48xlarge', 'ARM64', 192],
  ['m7i.large', 'X86_64', 2],
  ['t3.xlarge', 'X86_64', 4],
])('%s is for images of %s and has %i vCPUs', (type, architecture, vcpus) => {
  expect([architectureOf(type), vcpusOf(type)]).toEqual([architecture, vcpus]);
});
