import { TerraformOutput } from 'cdktf';
import { Construct } from 'constructs';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { finalSnapshotName } from '../../modules/foundation/final-snapshot';
import { synth } from '../support/harness';
import { resources } from './samples';
import type { JsonObject } from './stack-document';
import { StandIn } from './stand-in';

let standIn: StandIn;

beforeAll(async () => {
  standIn = await StandIn.start();
});

afterAll(() => standIn.stop());

/** One of each type that leaves a last snapshot, with the names that the modules give it. */
function leaving(key: string): JsonObject {
  const { resource, output } = synth((stack) => {
    for (const id of ['orders', 'catalog', 'sessions']) {
      const value = finalSnapshotName(new Construct(stack, id), `test-${id}-final`, { key });
      new TerraformOutput(stack, `name-${id}`, { value });
    }
  });
  const last = (id: string) => ({ final_snapshot_identifier: String(output[`name-${id}`]?.['value']) });
  return resources({
    ...(resource as JsonObject),
    aws_rds_cluster: { a: { cluster_identifier: 'orders', engine: 'aurora-mysql', ...last('orders') } },
    aws_db_instance: {
      a: { identifier: 'catalog', engine: 'mysql', instance_class: 'db.m8g.large', ...last('catalog') },
    },
    aws_elasticache_replication_group: {
      a: { replication_group_id: 'sessions', description: 'a', ...last('sessions') },
    },
  });
}

it('lets what leaves a last snapshot go a second time, and keeps its name in between', async () => {
  const stack = standIn.writeStack('final-snapshots', leaving('first'));
  const succeed = async (run: Promise<{ code: number | null; output: string }>) => {
    const { code, output } = await run;
    expect(code, output).toBe(0);
  };
  await succeed(stack.init());
  await succeed(stack.plan());
  await succeed(stack.apply());
  await succeed(stack.planAgain());
  await succeed(stack.destroy());
  await succeed(stack.plan());
  await succeed(stack.apply());
  // replaced, it leaves one; what comes in its place must not leave another of that name
  stack.reconfigure(leaving('second'));
  await succeed(stack.plan('-replace=aws_rds_cluster.a'));
  await succeed(stack.apply());
  await succeed(stack.destroy());
  expect(stack.resourceCount()).toBe(0);
}, 120_000);
