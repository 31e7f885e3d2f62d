import { existsSync, mkdirSync, readFileSync, readdirSync, utimesSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join, relative } from 'node:path';
import { runApply } from '../../../src/commands/apply';
import { runBootstrap } from '../../../src/commands/bootstrap';
import { runDestroy } from '../../../src/commands/destroy';
import { runDrift } from '../../../src/commands/drift';
import { runPlan } from '../../../src/commands/plan';
import { RefusedError } from '../../../src/errors';
import { DriverWorld, place } from '../terraform/driver-world';
import { change } from '../terraform/stub-terraform';

const EAST = 'dev-us-east-1-foundation';
const FOUNDATION = place('us-east-1', 'foundation');

let world: DriverWorld;
beforeEach(() => {
  world = new DriverWorld();
  world.buckets.add('dev-us-east-1-state-111122223333');
  world.stacks = [{ place: FOUNDATION }];
  world.applied(FOUNDATION);
  world.terraform.says({ [EAST]: { changes: [change('aws_vpc.network', 'update')] } });
});
afterEach(() => world.close());

const scope = { scope: 'dev', jobs: '1' };
const run = {
  plan: () => runPlan(scope, world.surroundings),
  apply: () => runApply(scope, world.surroundings),
  destroy: () => runDestroy(scope, world.surroundings),
  drift: () => runDrift(scope, world.surroundings),
  bootstrap: () => runBootstrap(scope, world.surroundings),
};
const commands = Object.entries(run);
const lockFile = () => join(world.workFolder, 'locks', 'dev.lock');
const inWorkspace = (name: string) => join(world.workFolder, 'terraform', EAST, name);

function lockAs(holder: { readonly pid: number; readonly host: string }): void {
  mkdirSync(join(world.workFolder, 'locks'), { recursive: true });
  writeFileSync(lockFile(), JSON.stringify({ ...holder, purpose: 'make apply', id: 'another' }));
}

describe('while another run works on the scope', () => {
  it.each(commands)('make %s ends at once, and touches nothing', async (_command, start) => {
    await run.plan();
    const before = world.workspaceFile(EAST, 'plan.json');
    const steps = world.terraform.steps.length;
    lockAs({ pid: process.ppid, host: hostname() });
    await expect(start()).rejects.toThrow(
      new RefusedError(
        `dev must be worked on by one run at a time, got make apply, process ${process.ppid} on ${hostname()}; wait for it, or, if it runs no more, remove ${relative('.', lockFile())}`,
      ),
    );
    expect(world.terraform.steps).toHaveLength(steps);
    expect(world.workspaceFile(EAST, 'plan.json')).toBe(before);
    expect(existsSync(lockFile())).toBe(true);
  });

  it('other scopes go on', async () => {
    lockAs({ pid: process.ppid, host: hostname() });
    await runPlan({ scope: 'qa' }, world.surroundings);
  });

  it('on another machine, it is waited for longer than any apply takes', async () => {
    lockAs({ pid: 1, host: 'another' });
    const age = (hours: number) => {
      const then = new Date(Date.now() - hours * 3_600_000);
      utimesSync(lockFile(), then, then);
    };
    age(23);
    await expect(run.plan()).rejects.toThrow(RefusedError);
    age(25);
    await run.plan();
  });
});

it('the scope is held while a command runs, and given back when it ends or fails', async () => {
  await run.plan();
  const holders: unknown[] = [];
  world.onStateRead = () => holders.push(JSON.parse(readFileSync(lockFile(), 'utf8')));
  await run.apply();
  expect(holders[0]).toMatchObject({ pid: process.pid, purpose: 'make apply' });
  expect(existsSync(lockFile())).toBe(false);
  await expect(runPlan({ ...scope, region: 'us-west-2' }, world.surroundings)).rejects.toThrow('REGION');
  expect(existsSync(lockFile())).toBe(false);
});

it('a run that was killed keeps nobody out', async () => {
  // no process has this number: it is beyond the largest that Linux gives
  lockAs({ pid: 2 ** 22 + 1, host: hostname() });
  await run.plan();
});

it.each(['tfplan', 'plan.json'])(
  'a plan whose %s is replaced after it was checked is refused',
  async (name) => {
    await run.plan();
    const other = `${readFileSync(inWorkspace(name), 'utf8')} `;
    world.onStateRead = () => writeFileSync(inWorkspace(name), other);
    await expect(run.apply()).rejects.toThrow(
      new RefusedError(
        `${EAST}: the saved plan must be the one that was checked, got another one; plan again, and let one run at a time work on it`,
      ),
    );
    expect(world.terraform.steps.filter((step) => step.startsWith('apply'))).toEqual([]);
    expect(readFileSync(inWorkspace(name), 'utf8')).toBe(other);
  },
);

describe('plans in clear that a killed run has left', () => {
  const left = ['tfplan.used', 'tfplan.new', 'tfplan.used.4711.draft'];
  const leave = () => {
    mkdirSync(join(world.workFolder, 'terraform', EAST), { recursive: true });
    for (const name of left) writeFileSync(inWorkspace(name), 'plan with a secret');
  };
  const found = () => readdirSync(inWorkspace('.')).filter((name) => left.includes(name));

  it.each(commands.filter(([command]) => command !== 'apply'))(
    'go with the next make %s',
    async (_command, start) => {
      leave();
      // before anything that may fail, and also in other regions than the one that is named
      world.account = '999999999999';
      await expect(start()).rejects.toThrow('account');
      expect(found()).toEqual([]);
    },
  );

  it('go with the next make apply, which still has its plan', async () => {
    await run.plan();
    leave();
    await run.apply();
    expect(found()).toEqual([]);
    expect(world.terraform.steps.at(-1)).toBe(`apply ${EAST}`);
  });
});
