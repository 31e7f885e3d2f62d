import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RehearsedStack } from './rehearsed-stack';
import { resource, resources, sample, STANDING } from './samples';
import { PASSWORD_MARK } from './cloud/secret-store';
import type { JsonObject } from './stack-document';
import { StandIn } from './stand-in';
import { runTerraform, terraformEnvironment, type TerraformResult } from './terraform';

let standIn: StandIn;

beforeAll(async () => {
  standIn = await StandIn.start();
  standIn.cloud.outside.declare(...STANDING);
});

afterAll(() => standIn.stop());

async function succeed(result: Promise<TerraformResult>): Promise<TerraformResult> {
  const { code, output } = await result;
  expect(code, output).toBe(0);
  return result;
}

async function initAndApply(stack: RehearsedStack): Promise<void> {
  await succeed(stack.init());
  await planAndApply(stack);
}

async function planAndApply(stack: RehearsedStack): Promise<void> {
  await succeed(stack.plan());
  await succeed(stack.apply());
}

/** The attributes of a resource in the stored state. */
function attributesOf(stack: RehearsedStack, type: string, name: string): JsonObject {
  const state = JSON.parse(stack.state() ?? '{}') as {
    resources: { type: string; name: string; instances: { attributes: JsonObject }[] }[];
  };
  const found = state.resources.find((each) => each.type === type && each.name === name);
  return found?.instances[0]?.attributes ?? {};
}

function unframed(output: string): string {
  return output.replace(/[╷│╵]/g, ' ').replace(/\s+/g, ' ');
}

describe('the provider', () => {
  it('gives each alias its own region, account and tags', async () => {
    const stack = standIn.writeStack('aliases', {
      ...sample({
        resource: {
          aws_sns_topic: {
            here: { name: 'alerts', tags: { Name: 'alerts' } },
            there: { name: 'alerts', provider: 'aws.there' },
            elsewhere: { name: 'alerts', provider: 'aws.elsewhere' },
            by_argument: { name: 'alerts', region: 'eu-central-1' },
          },
        },
      }),
      provider: {
        aws: [
          { region: 'us-east-1', default_tags: [{ tags: { Environment: 'dev' } }] },
          { region: 'us-west-2', alias: 'there' },
          {
            region: 'us-east-1',
            alias: 'elsewhere',
            assume_role: [{ role_arn: 'arn:aws:iam::999988887777:role/deploy' }],
          },
        ],
      },
    });
    await initAndApply(stack);
    expect(attributesOf(stack, 'aws_sns_topic', 'here')).toMatchObject({
      arn: 'arn:aws:sns:us-east-1:123456789012:alerts',
      region: 'us-east-1',
      tags_all: { Environment: 'dev', Name: 'alerts' },
    });
    expect(attributesOf(stack, 'aws_sns_topic', 'there')).toMatchObject({
      arn: 'arn:aws:sns:us-west-2:123456789012:alerts',
      tags_all: {},
    });
    expect(attributesOf(stack, 'aws_sns_topic', 'elsewhere')).toMatchObject({
      arn: 'arn:aws:sns:us-east-1:999988887777:alerts',
    });
    expect(attributesOf(stack, 'aws_sns_topic', 'by_argument')).toMatchObject({
      arn: 'arn:aws:sns:eu-central-1:123456789012:alerts',
    });
    await succeed(stack.planAgain());
  });

  it('keeps numbers exactly, beyond 2^53 and behind the point', async () => {
    const alarm = (alarm_name: string, threshold: string): JsonObject => ({
      alarm_name,
      threshold,
      comparison_operator: 'GreaterThanThreshold',
      evaluation_periods: 1,
    });
    const stack = standIn.writeStack(
      'numbers',
      resources({
        aws_cloudwatch_metric_alarm: {
          large: alarm('large', '${9007199254740993}'),
          small: alarm('small', '${0.1}'),
          negative: alarm('negative', '${-9007199254740993}'),
        },
      }),
    );
    await initAndApply(stack);
    expect(stack.state()).toContain('"threshold": 9007199254740993');
    expect(stack.state()).toContain('"threshold": -9007199254740993');
    expect(stack.state()).toContain('"threshold": 0.1');
    await succeed(stack.planAgain());
  });

  it('knows which changes replace a resource and which do not', async () => {
    const group = (settings: JsonObject) =>
      resource('aws_security_group', { name: 'g', vpc_id: 'vpc-1', ...settings });
    const stack = standIn.writeStack('changes', group({ description: 'first' }));
    await initAndApply(stack);

    stack.reconfigure(group({ description: 'first', tags: { Name: 'g' } }));
    expect((await succeed(stack.plan())).output).toContain('0 to add, 1 to change, 0 to destroy');

    stack.reconfigure(group({ description: 'second' }));
    expect((await succeed(stack.plan())).output).toContain('1 to add, 0 to change, 1 to destroy');
    await succeed(stack.apply());
    await succeed(stack.planAgain());
  });

  it('imports what is already there', async () => {
    const stack = standIn.writeStack('import', {
      ...resource('aws_s3_bucket', { bucket: 'adopted' }),
      import: [{ to: 'aws_s3_bucket.a', id: 'adopted' }],
    });
    await succeed(stack.init());
    expect((await succeed(stack.plan())).output).toContain(
      '1 to import, 0 to add, 0 to change, 0 to destroy',
    );
    await succeed(stack.apply());
    await succeed(stack.planAgain());
  });

  it('refuses to delete what is protected, and a database without its last snapshot', async () => {
    const cluster = (settings: JsonObject) => ({
      engine: 'aurora-mysql',
      storage_encrypted: true,
      ...settings,
    });
    const stack = standIn.writeStack(
      'protected',
      resources({
        aws_rds_cluster: {
          kept: cluster({ cluster_identifier: 'kept', deletion_protection: true }),
          unsaved: cluster({ cluster_identifier: 'unsaved' }),
          gone: cluster({ cluster_identifier: 'gone', skip_final_snapshot: true }),
        },
        aws_lb: {
          kept: {
            name: 'kept',
            load_balancer_type: 'network',
            subnets: ['subnet-1'],
            enable_deletion_protection: true,
          },
        },
      }),
    );
    await initAndApply(stack);
    const { code, output } = await stack.destroy();
    expect(code).toBe(1);
    expect(output).toContain('InvalidParameterCombination: Cannot delete protected Cluster');
    expect(output).toContain('cannot be deleted because deletion protection is enabled');
    expect(output).toContain('final_snapshot_identifier is required when skip_final_snapshot is false');
    expect(stack.resourceCount()).toBe(3);
  });

  it('takes what was made, looked up or declared for existing, and nothing else', async () => {
    const inVpc = (vpc: string) => ({ vpc_id: vpc, name: vpc });
    const stack = standIn.writeStack(
      'existing',
      sample({
        data: { aws_vpc: { shop: { tags: { Name: 'shop' } } } },
        resource: {
          aws_vpc: { made: { cidr_block: '10.9.0.0/16' } },
          aws_security_group: {
            made: { ...inVpc('${aws_vpc.made.id}'), name: 'made' },
            found: { ...inVpc('${data.aws_vpc.shop.id}'), name: 'found' },
            declared: inVpc('vpc-1'),
          },
          aws_vpc_security_group_ingress_rule: {
            a: {
              security_group_id: '${aws_vpc.made.default_security_group_id}',
              referenced_security_group_id: '${aws_security_group.made.id}',
              ip_protocol: '-1',
            },
          },
        },
      }),
    );
    await initAndApply(stack);
    stack.reconfigure(resource('aws_security_group', inVpc('vpc-2')));
    await succeed(stack.plan());
    expect((await stack.apply()).output).toContain("The vpc ID 'vpc-2' does not exist");
  });

  it('lets a name be used again once its owner is gone', async () => {
    const topic = resource('aws_sns_topic', { name: 'again' });
    const first = standIn.writeStack('again-first', topic);
    const second = standIn.writeStack('again-second', topic);
    await initAndApply(first);
    await succeed(second.init());
    await succeed(second.plan());
    expect(unframed((await second.apply()).output)).toContain('Topic again already exists');
    await succeed(first.destroy());
    await planAndApply(second);
  });
});

describe('a generated password', () => {
  const rotation = (version: number): JsonObject =>
    sample({
      ephemeral: {
        aws_secretsmanager_random_password: { p: { password_length: 40, exclude_punctuation: true } },
        aws_secretsmanager_secret_version: {
          v: { secret_id: '${aws_secretsmanager_secret_version.v.secret_id}' },
        },
      },
      resource: {
        aws_secretsmanager_secret: { s: { name: 'orders/master' } },
        aws_secretsmanager_secret_version: {
          v: {
            secret_id: '${aws_secretsmanager_secret.s.id}',
            secret_string_wo: '${ephemeral.aws_secretsmanager_random_password.p.random_password}',
            secret_string_wo_version: version,
          },
        },
        aws_rds_cluster: {
          c: {
            cluster_identifier: 'orders',
            engine: 'aurora-mysql',
            master_username: 'admin',
            master_password_wo: '${ephemeral.aws_secretsmanager_secret_version.v.secret_string}',
            master_password_wo_version: version,
            skip_final_snapshot: true,
          },
        },
      },
    });
  let stack: RehearsedStack;

  beforeAll(async () => {
    stack = standIn.writeStack('password', rotation(1));
    await initAndApply(stack);
  });

  const writtenTo = (type: string) =>
    standIn.cloud.secrets.written.filter((each) => each.type === type).map((each) => each.value);

  it('reaches the secret and the database', () => {
    const [inSecret] = writtenTo('aws_secretsmanager_secret_version');
    expect(standIn.generatedPasswords).toContain(inSecret);
    expect(inSecret).toMatch(new RegExp(`^${PASSWORD_MARK}[A-Za-z0-9]{33}$`));
    expect(writtenTo('aws_rds_cluster')).toEqual([inSecret]);
  });

  it('is in no state, no plan and no output', async () => {
    const plan = JSON.stringify(await stack.showPlan());
    const entries = [...stack.planEntries().values()].map((content) => content.toString('latin1'));
    expect(entries.length).toBeGreaterThan(2);
    for (const text of [...standIn.states().values(), plan, ...entries])
      expect(text).not.toContain(PASSWORD_MARK);
    expect(attributesOf(stack, 'aws_rds_cluster', 'c')).toMatchObject({ master_password_wo: null });
  });

  it('is written again only when its version changes', async () => {
    await succeed(stack.planAgain());
    expect(writtenTo('aws_rds_cluster')).toHaveLength(1);

    stack.reconfigure(rotation(2));
    await planAndApply(stack);
    const [first, second, ...further] = writtenTo('aws_secretsmanager_secret_version');
    expect(second).not.toBe(first);
    expect(further).toEqual([]);
    expect(writtenTo('aws_rds_cluster')).toEqual([first, second]);
    await succeed(stack.planAgain());
  });
});

describe('the backend', () => {
  const guarded = (account: string, backend: JsonObject = {}): JsonObject => ({
    ...resource('aws_vpc', { cidr_block: '10.0.0.0/16' }),
    terraform: {
      backend: {
        s3: {
          bucket: 'states',
          key: `${account}.tfstate`,
          region: 'us-east-1',
          use_lockfile: true,
          ...backend,
        },
      },
      required_providers: { aws: { source: 'hashicorp/aws', version: '6.25.0' } },
    },
    provider: { aws: [{ region: 'us-east-1', allowed_account_ids: [account] }] },
  });

  it('refuses a second apply while the first holds the lock', async () => {
    const stack = standIn.writeStack('locked', guarded('111111111111'));
    await succeed(stack.init());
    await succeed(stack.plan());
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => (release = resolve));
    const reached = new Promise<void>((resolve) => {
      standIn.server.beforeAnswer = async (request) => {
        if (!request.startsWith('PUT /states/111111111111.tfstate?')) return;
        resolve();
        await released;
      };
    });
    const first = stack.apply();
    await reached;
    expect([...standIn.states().keys()]).toContain('states/111111111111.tfstate.tflock');
    const second = await stack.run('apply', '-no-color', '-auto-approve');
    release();
    standIn.server.beforeAnswer = () => undefined;

    expect(second.code).toBe(1);
    expect(second.output).toContain('Error acquiring the state lock');
    await succeed(first);
    expect([...standIn.states().keys()]).not.toContain('states/111111111111.tfstate.tflock');
    await succeed(stack.planAgain());
  });

  it('serves a program that runs Terraform itself, on a configuration as it is', async () => {
    const configuration = guarded('555555555555');
    const folder = join(standIn.folder, 'program');
    mkdirSync(folder);
    writeFileSync(join(folder, 'cdk.tf.json'), JSON.stringify(configuration));
    const session = await standIn.openSession('555555555555', JSON.stringify(configuration));
    const environment = terraformEnvironment(session.variables);
    await succeed(runTerraform(['init', '-no-color'], folder, environment));
    await succeed(runTerraform(['apply', '-no-color', '-auto-approve'], folder, environment));
    expect(standIn.states().get('states/555555555555.tfstate')).toContain('aws_vpc');
  });

  it('keeps no bucket that is gone, and deletes none that holds something', async () => {
    const stack = standIn.writeStack('bucket', resource('aws_s3_bucket', { bucket: 'holds-something' }));
    await initAndApply(stack);
    const bucket = standIn.cloud.objects.bucket('holds-something');
    bucket?.objects.set('key', { body: Buffer.from('x'), etag: '"x"', modified: new Date() });
    expect((await stack.destroy()).output).toContain('BucketNotEmpty');
    bucket?.objects.clear();
    await succeed(stack.destroy());
    expect(standIn.cloud.objects.bucket('holds-something')).toBeUndefined();
  });

  it('refuses credentials of another account, before any state is read', async () => {
    const allowed = { allowed_account_ids: ['222222222222'] };
    const stack = standIn.writeStack('backend-guard', guarded('222222222222', allowed), '333333333333');
    const { code, output } = await stack.init();
    expect(code).toBe(1);
    expect(output).toContain('AWS account ID not allowed: 333333333333');
  });

  it('is not the only guard: the provider refuses other credentials too', async () => {
    const stack = standIn.writeStack('provider-guard', guarded('444444444444'), '333333333333');
    await succeed(stack.init());
    const { code, output } = await stack.plan();
    expect(code).toBe(1);
    expect(output).toContain('AWS account ID not allowed: 333333333333');
  });
});
