import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { rehearse, type RehearsalOptions } from './rehearsal';
import { resource, sample } from './samples';
import { refuseDestruction } from './stack-phases';
import type { JsonObject } from './stack-document';
import { StandIn } from './stand-in';

let folder: string;
let standIn: StandIn;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'synthesized-'));
  standIn = await StandIn.start();
});

afterEach(async () => {
  await standIn.stop();
  rmSync(folder, { recursive: true });
});

interface SampleStack {
  readonly configuration: JsonObject;
  readonly dependencies?: readonly string[];
}

function synthesized(stacks: Readonly<Record<string, SampleStack>>): void {
  const manifest: Record<string, object> = {};
  for (const [id, { configuration, dependencies = [] }] of Object.entries(stacks)) {
    const workingDirectory = join('stacks', id);
    mkdirSync(join(folder, workingDirectory), { recursive: true });
    writeFileSync(join(folder, workingDirectory, 'cdk.tf.json'), JSON.stringify(configuration));
    manifest[id] = { name: id, workingDirectory, dependencies };
  }
  writeFileSync(join(folder, 'manifest.json'), JSON.stringify({ stacks: manifest }));
}

async function outcomesOf(options: RehearsalOptions = {}): Promise<string[]> {
  const { outcomes } = await rehearse(folder, standIn, options);
  return outcomes.map(({ id, phase, status, resources }) => `${phase} ${id}: ${status}, ${resources}`);
}

const backend = (key: string): JsonObject => ({
  backend: { s3: { bucket: 'states', key, region: 'us-east-1', use_lockfile: true } },
});

const upstream: SampleStack = {
  configuration: {
    ...resource('aws_vpc', { cidr_block: '10.0.0.0/16' }),
    terraform: backend('upstream.tfstate'),
    output: { vpc: { value: '${aws_vpc.a.id}' } },
  },
};

/** Reads its VPC from the state of the other stack. */
const downstream: SampleStack = {
  dependencies: ['upstream'],
  configuration: {
    ...sample({
      data: {
        terraform_remote_state: {
          upstream: {
            backend: 's3',
            config: { bucket: 'states', key: 'upstream.tfstate', region: 'us-east-1' },
          },
        },
      },
      resource: {
        aws_subnet: {
          a: { cidr_block: '10.0.0.0/24', vpc_id: '${data.terraform_remote_state.upstream.outputs.vpc}' },
        },
      },
    }),
    terraform: backend('downstream.tfstate'),
  },
};

describe('a rehearsal', () => {
  it('applies a stack after those whose state it reads, and destroys it before them', async () => {
    synthesized({ downstream, upstream });
    expect(await outcomesOf({ destroy: true })).toEqual([
      'apply upstream: ok, 1',
      'apply downstream: ok, 1',
      'destroy downstream: ok, 0',
      'destroy upstream: ok, 0',
    ]);
  });

  it('takes chosen stacks with all that they depend on', async () => {
    const other = { configuration: resource('aws_vpc', { cidr_block: '10.1.0.0/16' }) };
    synthesized({ other, downstream, upstream });
    expect(await outcomesOf({ only: ['downstream'] })).toEqual([
      'apply upstream: ok, 1',
      'apply downstream: ok, 1',
    ]);
  });

  it('skips what depends on a stack that failed, and goes on with the rest', async () => {
    const broken = { configuration: resource('aws_vpc', { cidr: '10.0.0.0/16' }) };
    const other = { configuration: resource('aws_vpc', { cidr_block: '10.1.0.0/16' }) };
    synthesized({ upstream: broken, downstream, other });
    const { outcomes, failures } = await rehearse(folder, standIn, { jobs: 1 });
    expect(outcomes.map(({ id, status }) => `${id} ${status}`)).toEqual([
      'upstream failed',
      'downstream skipped',
      'other ok',
    ]);
    expect(failures).toBe(2);
    expect(outcomes[0]?.details).toContain('validate failed');
    expect(outcomes[0]?.details).toContain('No argument or block type is named "cidr"');
  });

  it('counts a refusal to destroy what is protected as a success', async () => {
    const cluster = { cluster_identifier: 'a', engine: 'aurora-mysql', deletion_protection: true };
    const forever = { cidr_block: '10.2.0.0/16', lifecycle: { prevent_destroy: true } };
    synthesized({
      byAws: { configuration: resource('aws_rds_cluster', cluster) },
      byTerraform: { configuration: resource('aws_vpc', forever) },
    });
    const outcomes = await outcomesOf({ destroy: true, jobs: 1 });
    expect(outcomes.slice(2)).toEqual(['destroy byTerraform: protected, 1', 'destroy byAws: protected, 1']);
  });

  describe('of a whole life', () => {
    const cluster = (protection: boolean, settings: JsonObject = {}) =>
      resource('aws_rds_cluster', {
        cluster_identifier: 'a',
        engine: 'aurora-mysql',
        deletion_protection: protection,
        skip_final_snapshot: true,
        ...settings,
      });
    const live = async (protectedOne: JsonObject, released: JsonObject): Promise<string[]> => {
      synthesized({ a: { configuration: released } });
      const unprotected = `${folder}-unprotected`;
      cpSync(folder, unprotected, { recursive: true });
      synthesized({ a: { configuration: protectedOne } });
      try {
        return await outcomesOf({ lifeCycle: { unprotected } });
      } finally {
        rmSync(unprotected, { recursive: true });
      }
    };

    it('refuses to destroy what is protected, releases it, destroys it and creates it again', async () => {
      expect(await live(cluster(true), cluster(false))).toEqual([
        'apply a: ok, 1',
        'protect a: protected, 1',
        'release a: ok, 1',
        'destroy a: ok, 0',
        'restore a: ok, 1',
      ]);
    });

    it('fails when something released still refuses to be destroyed', async () => {
      const kept = { lifecycle: { prevent_destroy: true } };
      const outcomes = await live(cluster(true), cluster(true, kept));
      expect(outcomes).toContain('destroy a: failed, 1');
    });

    it('fails when a destroy takes what was protected', async () => {
      synthesized({ a: { configuration: cluster(true) } });
      const applied = await rehearse(folder, standIn);
      const stack = applied.stacks.get('a');
      if (!stack) throw new Error('the stack was not applied');
      // somebody turns protection off by hand, in AWS and so in the state
      stack.destroy = async () => {
        stack.reconfigure(cluster(false));
        await stack.plan();
        await stack.apply();
        return stack.run('destroy', '-auto-approve', '-json');
      };
      const outcome = await refuseDestruction(stack);
      expect(outcome?.status).toBe('failed');
      expect(outcome?.details).toContain('destroyed all the same: aws_rds_cluster.a');
    });
  });

  it('fails when a resource would change at each plan', async () => {
    const restless = { cidr_block: '10.0.0.0/16', tags: { At: '${timestamp()}' } };
    synthesized({ restless: { configuration: resource('aws_vpc', restless) } });
    const { outcomes } = await rehearse(folder, standIn);
    expect(outcomes[0]?.status).toBe('failed');
    expect(outcomes[0]?.details).toContain('the plan after the apply is not empty');
  });

  it('finds a name that two stacks want', async () => {
    const topic = { configuration: resource('aws_sns_topic', { name: 'alerts' }) };
    synthesized({ one: topic, two: topic });
    const { outcomes, failures } = await rehearse(folder, standIn, { jobs: 1 });
    expect(failures).toBe(1);
    expect(outcomes[1]?.details).toContain('Topic alerts already exists');
  });

  it('runs every stack with the credentials of the account that it expects', async () => {
    const inAccount = (account: string): SampleStack => ({
      configuration: {
        ...sample({
          data: { aws_caller_identity: { me: {} } },
          output: { id: { value: '${data.aws_caller_identity.me.account_id}' } },
        }),
        provider: { aws: [{ region: 'us-east-1', allowed_account_ids: [account] }] },
      },
    });
    synthesized({ one: inAccount('111111111111'), two: inAccount('222222222222') });
    const { stacks, failures } = await rehearse(folder, standIn);
    expect(failures).toBe(0);
    expect(stacks.get('one')?.state()).toContain('"value": "111111111111"');
    expect(stacks.get('two')?.state()).toContain('"value": "222222222222"');
  });
});
