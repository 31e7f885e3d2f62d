import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { SnsTopic } from '@cdktf/provider-aws/lib/sns-topic';
import { TerraformOutput, type App } from 'cdktf';
import { Construct } from 'constructs';
import {
  AWS_PROVIDER_VERSION,
  BaseStack,
  REQUIRED_TERRAFORM,
  stackId,
  stateBackend,
  stateBucketName,
  stateKeyAlias,
  stateObjectKey,
  type StackPlace,
} from '../../../src/stacks/base-stack';
import { synthesize, testApp } from '../../support/harness';

class AnyStack extends BaseStack {}

const PLACE: StackPlace = {
  scope: 'prod',
  account: '444455556666',
  region: 'us-west-2',
  layer: 'workload',
};
const stackOf = (change: Partial<StackPlace> = {}, app: App = testApp()) =>
  new AnyStack(app, { ...PLACE, ...change });
const topic = (scope: Construct, id: string, displayName?: string) =>
  new SnsTopic(scope, id, { name: id, ...(displayName !== undefined && { displayName }) });

describe('a place', () => {
  test('gives a stack its id, that of a region or of the whole scope', () => {
    expect(stackId(PLACE)).toBe('prod-us-west-2-workload');
    expect(stackId({ ...PLACE, layer: 'names', global: true })).toBe('prod-global-names');
    expect(stackOf().node.id).toBe('prod-us-west-2-workload');
  });

  test('keeps its state in the bucket of its scope and region, under its own key', () => {
    expect(stateBackend(PLACE)).toEqual({
      bucket: 'prod-us-west-2-state-444455556666',
      key: 'prod/us-west-2/workload.tfstate',
      region: 'us-west-2',
      encrypt: true,
      kmsKeyId: 'arn:aws:kms:us-west-2:444455556666:alias/prod-state',
      allowedAccountIds: ['444455556666'],
    });
    expect(stateObjectKey({ ...PLACE, layer: 'names', global: true })).toBe('prod/global/names.tfstate');
    expect(stateKeyAlias({ scope: 'shared' })).toBe('alias/shared-state');
  });

  test("says the account once in the bucket's name, also in the scope of an account", () => {
    const account = '444455556666';
    expect(stateBucketName({ scope: `account-${account}`, account, region: 'us-east-1' })).toBe(
      'account-444455556666-us-east-1-state',
    );
    expect(stateBucketName({ scope: 'shared', account, region: 'us-east-1' })).toBe(
      'shared-us-east-1-state-444455556666',
    );
  });
});

describe('every stack', () => {
  test('works in its region and account alone, and tags everything', () => {
    const { provider } = synthesize(stackOf()).json as { provider: { aws: object[] } };
    expect(provider.aws).toEqual([
      {
        region: 'us-west-2',
        allowed_account_ids: ['444455556666'],
        default_tags: [{ tags: { Environment: 'prod', Layer: 'workload', ManagedBy: 'terraform' } }],
      },
    ]);
  });

  test('adds the tags of its place, which cannot take the place of its own', () => {
    const tags = { Project: 'car-retail', Layer: 'mine' };
    const { provider } = synthesize(stackOf({ tags })).json as {
      provider: { aws: [{ default_tags: [{ tags: object }] }] };
    };
    expect(provider.aws[0].default_tags[0].tags).toEqual({
      Project: 'car-retail',
      Environment: 'prod',
      Layer: 'workload',
      ManagedBy: 'terraform',
    });
  });

  test('keeps its state encrypted and locked, for its account alone', () => {
    const { terraform } = synthesize(stackOf()).json as { terraform: { backend: object } };
    expect(terraform.backend).toEqual({
      s3: {
        bucket: 'prod-us-west-2-state-444455556666',
        key: 'prod/us-west-2/workload.tfstate',
        region: 'us-west-2',
        encrypt: true,
        kms_key_id: 'arn:aws:kms:us-west-2:444455556666:alias/prod-state',
        allowed_account_ids: ['444455556666'],
        use_lockfile: true,
      },
    });
  });

  test('pins Terraform and the provider', () => {
    const { terraform } = synthesize(stackOf()).json as { terraform: object };
    expect(terraform).toMatchObject({
      required_version: REQUIRED_TERRAFORM,
      required_providers: { aws: { source: 'aws', version: AWS_PROVIDER_VERSION } },
    });
    expect(REQUIRED_TERRAFORM).toBe('>= 1.11.0, < 2.0.0');
  });

  test('pins the release of the provider that the bindings were generated from', () => {
    const { terraformGeneratorMetadata } = new AwsProvider(stackOf(), 'Another', { alias: 'another' });
    expect(terraformGeneratorMetadata?.providerVersion).toBe(AWS_PROVIDER_VERSION);
  });
});

describe('the addresses of a stack', () => {
  test('are the paths of its constructs, without its own id', () => {
    const stack = stackOf();
    topic(new Construct(stack, 'Alerts'), 'Topic');
    topic(new Construct(new Construct(stack, 'Queues'), 'orders'), 'DeadLetters');
    expect(synthesize(stack).addresses).toEqual([
      'aws_sns_topic.alerts',
      'aws_sns_topic.queues_orders_dead-letters',
    ]);
  });

  test('are refused if two constructs would get the same one', () => {
    const stack = stackOf();
    topic(new Construct(stack, 'Alerts'), 'Topic');
    topic(stack, 'alerts');
    expect(() => synthesize(stack)).toThrow(
      new Error(
        'prod-us-west-2-workload/alerts: address must be unique in its stack, got aws_sns_topic.alerts, which prod-us-west-2-workload/Alerts/Topic has; rename one of the two constructs',
      ),
    );
  });

  test('may be the same in another type and in another stack', () => {
    const app = testApp();
    const [one, other] = [stackOf({}, app), stackOf({ layer: 'foundation' }, app)];
    topic(one, 'alerts');
    new TerraformOutput(one, 'Alerts', { value: 1 });
    topic(other, 'alerts');
    expect(synthesize(one).addresses).toEqual(['aws_sns_topic.alerts']);
    expect(synthesize(other).addresses).toEqual(['aws_sns_topic.alerts']);
  });
});

describe('what one stack reads of another', () => {
  /** A workload that reads two values of its foundation, one of them twice. */
  function build(order: readonly string[] = ['foundation', 'workload'], scope = 'prod') {
    const app = testApp();
    const stacks = new Map(order.map((layer) => [layer, stackOf({ layer, scope }, app)]));
    const [foundation, workload] = [stacks.get('foundation')!, stacks.get('workload')!];
    const alerts = topic(new Construct(foundation, 'Alerts'), 'Topic');
    topic(workload, 'First', alerts.arn);
    topic(workload, 'Second', alerts.arn);
    topic(workload, 'Third', alerts.id);
    return { foundation: synthesize(foundation), workload: synthesize(workload) };
  }

  test('is an output there, named after the address, and put out once', () => {
    expect(build().foundation.output).toEqual({
      'aws-sns-topic-alerts-arn': { value: '${aws_sns_topic.alerts.arn}' },
      'aws-sns-topic-alerts-id': { value: '${aws_sns_topic.alerts.id}' },
    });
  });

  test('is not marked as sensitive: a secret fails there instead of being handed on', () => {
    for (const output of Object.values(build().foundation.output))
      expect(output).not.toHaveProperty('sensitive');
  });

  test('comes from the state of that stack, found by its layer alone', () => {
    const { workload } = build();
    expect(workload.data['terraform_remote_state']).toEqual({
      foundation: {
        backend: 's3',
        config: {
          bucket: 'prod-us-west-2-state-444455556666',
          key: 'prod/us-west-2/foundation.tfstate',
          region: 'us-west-2',
          encrypt: true,
          kms_key_id: 'arn:aws:kms:us-west-2:444455556666:alias/prod-state',
          allowed_account_ids: ['444455556666'],
        },
        workspace: '${terraform.workspace}',
      },
    });
    const read = (name: string) => workload.at(`aws_sns_topic.${name}`)['display_name'];
    expect(['first', 'second', 'third'].map(read)).toEqual([
      '${data.terraform_remote_state.foundation.outputs.aws-sns-topic-alerts-arn}',
      '${data.terraform_remote_state.foundation.outputs.aws-sns-topic-alerts-arn}',
      '${data.terraform_remote_state.foundation.outputs.aws-sns-topic-alerts-id}',
    ]);
  });

  test('is the same whichever stack is built first', () => {
    const jsonOf = ({ foundation, workload }: ReturnType<typeof build>) => [foundation.json, workload.json];
    expect(jsonOf(build(['workload', 'foundation']))).toEqual(jsonOf(build(['foundation', 'workload'])));
  });

  test('has the same names in every environment', () => {
    const namesOf = ({ foundation, workload }: ReturnType<typeof build>) => [
      Object.keys(foundation.output),
      Object.keys(workload.data['terraform_remote_state'] ?? {}),
      workload.addresses,
    ];
    expect(namesOf(build(undefined, 'dev'))).toEqual(namesOf(build(undefined, 'prod')));
  });
});
