import { runDoctor } from '../../../../src/commands/doctor';
import { runPlan } from '../../../../src/commands/plan';
import { RunError } from '../../../../src/errors';
import { stateBucketName, type StackPlace } from '../../../../src/stacks/base-stack';
import { ACCOUNT, DriverWorld, place } from '../driver-world';

const FOUNDATION = place('us-east-1', 'foundation');
const NAMES = place('us-east-1', 'names', { global: true });
const SCOPE = `account-${ACCOUNT}`;
const BASELINE = place('us-east-1', 'baseline', { scope: SCOPE });

let world: DriverWorld;
beforeEach(() => {
  world = new DriverWorld();
  world.stacks = [{ place: FOUNDATION }, { place: NAMES }];
  stands(FOUNDATION);
  stands(NAMES);
});
afterEach(() => world.close());

/** A state in a bucket that bootstrap has made. */
function stands(one: StackPlace): void {
  const { scope, region } = one;
  world.buckets.add(stateBucketName(one));
  world.applied(place(region, 'bootstrap', { scope }));
  world.applied(one);
}

async function warned(scope = 'dev', region?: string): Promise<readonly string[]> {
  world.lines.length = 0;
  await runPlan({ scope, region }, world.surroundings);
  return world.lines.filter((line) => line.startsWith('warning: '));
}

async function found(scope = 'dev'): Promise<readonly string[]> {
  world.lines.length = 0;
  // what else is missing is no matter here
  await runDoctor({ scope }, world.surroundings).catch(() => undefined);
  return world.lines.filter((line) => /no such stack|no file names|is of a stack/.test(line));
}

const GONE = place('eu-west-1', 'workload');
const REGION_GONE = `dev-eu-west-1-workload: what holds resources must be in the files, got 1 in s3://dev-eu-west-1-state-${ACCOUNT}/dev/eu-west-1/workload.tfstate and no such stack; put regions['eu-west-1'] back with decommission: true, plan and apply it, then run make destroy ENV=dev REGION=eu-west-1`;
const QA = place('us-west-2', 'workload', { scope: 'qa' });
const ENVIRONMENT_GONE = `qa-us-west-2-workload: what holds resources must be in the files, got 1 in s3://qa-us-west-2-state-${ACCOUNT}/qa/us-west-2/workload.tfstate and no such stack; put qa back with decommission: true, plan and apply it, then run make destroy ENV=qa`;
const OTHER = place('us-east-1', 'edge');
const STACK_GONE = `dev-us-east-1-edge: what holds resources must be in the files, got 1 in s3://dev-us-east-1-state-${ACCOUNT}/dev/us-east-1/edge.tfstate and no such stack; put back what made it, or apply a configuration of nothing but this backend and the provider`;

describe('what no file names any more', () => {
  it('is nothing as long as every state is of a stack', async () => {
    expect(await warned()).toEqual([]);
    expect(await found()).toEqual(['ok           every state that holds resources is of a stack']);
  });

  it.each([
    ['a region', GONE, REGION_GONE],
    ['a stack', OTHER, STACK_GONE],
  ])('may be %s', async (_what, orphan, text) => {
    stands(orphan);
    expect(await warned()).toEqual([`warning: ${text}`]);
    expect(await found()).toEqual([`warning      ${text}`]);
  });

  it('may be an environment, which its account tells of', async () => {
    stands(QA);
    stands(GONE);
    expect(await warned()).toEqual([`warning: ${REGION_GONE}`]);
    world.stacks = [{ place: BASELINE }];
    stands(BASELINE);
    expect(await warned(SCOPE)).toEqual([`warning: ${ENVIRONMENT_GONE}`]);
    expect(await found(SCOPE)).toEqual([`warning      ${ENVIRONMENT_GONE}`]);
  });

  it('is not what was destroyed, nor what has never been ours', async () => {
    stands(GONE);
    world.states.set(`dev-eu-west-1-state-${ACCOUNT}/dev/eu-west-1/workload.tfstate`, {
      lineage: 'x',
      serial: 9,
      resources: [{ mode: 'data', type: 'aws_region', name: 'here', instances: [{}] }],
    });
    world.buckets.add(`shop-us-east-1-state-${ACCOUNT}`).add('dev-us-east-1-state-999988887777');
    world.states.set(`shop-us-east-1-state-${ACCOUNT}/shop/us-east-1/web.tfstate`, {
      resources: [{ mode: 'managed', type: 'aws_vpc', name: 'a', instances: [{}] }],
    });
    expect(await warned()).toEqual([]);
    world.stacks = [{ place: BASELINE }];
    stands(BASELINE);
    expect(await warned(SCOPE)).toEqual([]);
  });

  it('is not a state that was copied to where its stack keeps it now, but one of another zone', async () => {
    const old = place('us-west-2', 'names', { global: true });
    stands(old);
    expect(await warned()).toEqual([]);
    const key = `dev-us-west-2-state-${ACCOUNT}/dev/global/names.tfstate`;
    world.states.set(key, { ...world.states.get(key), lineage: 'another' });
    expect(await warned()).toHaveLength(1);
  });

  it('is not asked for in a run of one region, which asks nothing of another', async () => {
    stands(GONE);
    expect(await warned('dev', 'us-east-1')).toEqual([]);
  });

  it('ends no plan if it cannot be looked at: that is a line of the doctor', async () => {
    stands(GONE);
    const reason = 'the buckets of the account must be listed, got AccessDenied; check s3:ListAllMyBuckets';
    world.unlistable = new RunError(reason);
    expect(await warned()).toEqual([]);
    expect(await found()).toEqual([`cannot tell  what no file names any more: ${reason}`]);
    world.unlistable = undefined;
    world.lost.set('eu-west-1', new RunError('region lost'));
    expect(await found()).toEqual(['cannot tell  what no file names any more: region lost']);
  });
});
