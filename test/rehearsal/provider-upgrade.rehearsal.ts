import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StackUpgrade } from './plan-upgrade';
import { isRefused, rehearseUpgrade, upgradeLines } from './rehearse-upgrade';
import { cachedSchema } from './schema/cached-schema';
import { narrowSchema } from './schema/narrowed-schema';
import type { Block, ProviderSchema } from './schema/provider-schema';
import type { JsonObject } from './stack-document';

const LOG_GROUP = 'aws_cloudwatch_log_group';
const bucket = 'dev-us-east-1-state-111122223333';
const state = (key: string) => ({ bucket, key, region: 'us-east-1' });

/** Two stacks, of which the second reads the first. */
const STACKS: Readonly<Record<string, JsonObject>> = {
  foundation: {
    resource: {
      aws_vpc: { network: { cidr_block: '10.0.0.0/16' } },
      [LOG_GROUP]: { flow: { name: 'flow', lifecycle: { prevent_destroy: true } } },
      aws_sns_topic: { alerts: { name: 'alerts' } },
    },
    output: { topic: { value: '${aws_sns_topic.alerts.arn}' } },
  },
  workload: {
    data: {
      terraform_remote_state: { foundation: { backend: 's3', config: state('foundation') } },
      aws_route53_zone: { parent: { name: 'example.com' } },
    },
    resource: {
      aws_sqs_queue: { orders: { name: 'orders', delay_seconds: 5, max_message_size: 2048 } },
      aws_sns_topic_subscription: {
        orders: {
          topic_arn: '${data.terraform_remote_state.foundation.outputs.topic}',
          protocol: 'sqs',
          endpoint: '${aws_sqs_queue.orders.arn}',
        },
      },
      aws_route53_record: {
        shop: {
          zone_id: '${data.aws_route53_zone.parent.zone_id}',
          name: 'shop.example.com',
          type: 'CNAME',
          ttl: 60,
          records: ['shop.example.org'],
        },
      },
    },
  },
};

let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'provider-upgrade-'));
  const stacks = Object.entries(STACKS).map(([id, configuration]) => {
    const workingDirectory = join('stacks', id);
    mkdirSync(join(folder, workingDirectory), { recursive: true });
    const terraform = {
      required_providers: { aws: { source: 'hashicorp/aws', version: '6.25.0' } },
      backend: { s3: { ...state(id), use_lockfile: true } },
    };
    const provider = { aws: [{ region: 'us-east-1', default_tags: [{ tags: { Owner: 'platform' } }] }] };
    const text = JSON.stringify({ terraform, provider, ...configuration });
    writeFileSync(join(folder, workingDirectory, 'cdk.tf.json'), text);
    return [id, { workingDirectory, dependencies: id === 'workload' ? ['foundation'] : [] }] as const;
  });
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ stacks: Object.fromEntries(stacks) }));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What becomes of the stacks under a provider that differs from the one that has made them. */
async function upgraded(
  change: (resources: Record<string, Block>, dataSources: Record<string, Block>) => void,
): Promise<StackUpgrade[]> {
  const from = narrowSchema(cachedSchema(), JSON.stringify(STACKS));
  const to: ProviderSchema = structuredClone(from);
  change(to.resources, to.dataSources);
  return rehearseUpgrade([folder], { from, to });
}

const attributesOf = (blocks: Record<string, Block>, type: string) => blocks[type]?.attributes ?? {};

describe('another release of the provider', () => {
  it('changes nothing by what it adds', async () => {
    const upgrades = await upgraded((resources, dataSources) => {
      for (const { attributes } of [...Object.values(resources), ...Object.values(dataSources)]) {
        attributes['made_at'] = { type: 'string', computed: true, stated: true };
        attributes['mode'] = { type: 'string', optional: true, computed: true };
      }
    });
    expect(upgradeLines(upgrades)).toEqual([
      '2 of 2 stacks planned: 0 to add, 0 to change, 0 to replace, 0 to destroy',
    ]);
    expect(isRefused(upgrades)).toBe(false);
    expect(upgrades.map(({ kept }) => kept)).toEqual([1, 1]);
  });

  it('is refused if arguments are gone or new ones are needed, and says which of all stacks', async () => {
    const upgrades = await upgraded((blocks) => {
      delete attributesOf(blocks, 'aws_sqs_queue')['delay_seconds'];
      delete attributesOf(blocks, 'aws_sqs_queue')['max_message_size'];
      attributesOf(blocks, 'aws_vpc')['owner'] = { type: 'string', required: true };
    });
    expect(upgradeLines(upgrades)).toEqual([
      '  does not fit: aws_vpc.network in foundation: The argument "owner" is required, but no definition was found.',
      '  does not fit: aws_sqs_queue.orders in workload: No argument or block type is named "delay_seconds".',
      '  does not fit: aws_sqs_queue.orders in workload: No argument or block type is named "max_message_size".',
      '0 of 2 stacks planned: 0 to add, 0 to change, 0 to replace, 0 to destroy',
    ]);
    expect(isRefused(upgrades)).toBe(true);
  });

  it('is refused if it replaces what holds data, also what may not be destroyed', async () => {
    const upgrades = await upgraded((blocks) => {
      // it kept what AWS had answered, and takes silence for null from now on
      attributesOf(blocks, LOG_GROUP)['name_prefix'] = { type: 'string', optional: true };
    });
    expect(upgradeLines(upgrades)).toEqual([
      `  replace ${LOG_GROUP}.flow in foundation, forced by name_prefix, stateful`,
      '2 of 2 stacks planned: 0 to add, 0 to change, 1 to replace, 0 to destroy',
    ]);
    expect(isRefused(upgrades)).toBe(true);
  });

  it('may replace what holds nothing and change what stays, and says so', async () => {
    const upgrades = await upgraded((blocks) => {
      const optional = { type: 'string', optional: true } as const;
      attributesOf(blocks, 'aws_sns_topic')['name_prefix'] = optional;
      attributesOf(blocks, 'aws_sqs_queue')['policy'] = optional;
    });
    expect(upgradeLines(upgrades)).toEqual([
      '  replace aws_sns_topic.alerts in foundation, forced by name_prefix',
      '  change aws_sqs_queue.orders in workload: policy',
      '2 of 2 stacks planned: 0 to add, 1 to change, 1 to replace, 0 to destroy',
    ]);
    expect(isRefused(upgrades)).toBe(false);
  });
});
