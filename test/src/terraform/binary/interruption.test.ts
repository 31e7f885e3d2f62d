import type { ChildProcess } from 'node:child_process';
import { EventEmitter } from 'node:events';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { runApply } from '../../../../src/commands/apply';
import { runBootstrap } from '../../../../src/commands/bootstrap';
import { runPlan } from '../../../../src/commands/plan';
import { RunError } from '../../../../src/errors';
import { Interruption } from '../../../../src/terraform/binary/interruption';
import { DriverWorld, place } from '../driver-world';
import { change } from '../stub-terraform';

/** A process that only notes what it receives. */
class FakeChild extends EventEmitter {
  readonly received: (NodeJS.Signals | undefined)[] = [];
  kill(signal?: NodeJS.Signals): boolean {
    this.received.push(signal);
    return true;
  }
}
const tracked = (interruption: Interruption): FakeChild => {
  const child = new FakeChild();
  interruption.track(child as unknown as ChildProcess);
  return child;
};

afterEach(() => void vi.useRealTimers());

it('passes a signal on to all that runs, once, however often one press of Ctrl-C arrives', async () => {
  vi.useFakeTimers({ toFake: ['performance'] });
  const notices: string[] = [];
  const interruption = new Interruption((signal) => notices.push(signal));
  const [first, second] = [tracked(interruption), tracked(interruption)];
  await interruption.during(async () => {
    process.emit('SIGINT', 'SIGINT');
    process.emit('SIGINT', 'SIGINT');
    vi.advanceTimersByTime(1_500);
    second.emit('close');
    process.emit('SIGINT', 'SIGINT');
    await Promise.resolve();
  });
  expect(first.received).toEqual(['SIGINT', 'SIGINT']);
  expect(second.received).toEqual(['SIGINT']);
  expect(notices).toEqual(['SIGINT', 'SIGINT']);
  expect(interruption.interrupted).toBe(true);
});

it('asks Terraform to end when the terminal is closed', async () => {
  const interruption = new Interruption();
  const child = tracked(interruption);
  await interruption.during(async () => {
    process.emit('SIGHUP', 'SIGHUP');
    await Promise.resolve();
  });
  expect(child.received).toEqual(['SIGTERM']);
});

it('listens only while something runs', async () => {
  const before = process.listenerCount('SIGINT');
  const interruption = new Interruption();
  await interruption.during(() => {
    expect(process.listenerCount('SIGINT')).toBe(before + 1);
    return Promise.resolve();
  });
  await expect(interruption.during(() => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
  expect(process.listenerCount('SIGINT')).toBe(before);
  expect(interruption.interrupted).toBe(false);
});

describe('a run that is interrupted', () => {
  const EAST = 'dev-us-east-1-foundation';
  let world: DriverWorld;
  beforeEach(() => {
    world = new DriverWorld();
    world.buckets.add('dev-us-east-1-state-111122223333').add('dev-us-west-2-state-111122223333');
    world.stacks = [{ place: place('us-east-1', 'foundation') }, { place: place('us-west-2', 'foundation') }];
  });
  afterEach(() => world.close());

  /** Presses Ctrl-C as soon as Terraform is at something. */
  async function interruptDuring(event: string): Promise<void> {
    while (!world.terraform.allHistory.includes(event))
      await new Promise((resolve) => setTimeout(resolve, 10));
    // a moment for the stub's traps
    await new Promise((resolve) => setTimeout(resolve, 100));
    process.emit('SIGINT', 'SIGINT');
  }

  it('waits for Terraform to end, and starts nothing more', async () => {
    const changes = [change('aws_vpc.network', 'create')];
    world.terraform.says({ [EAST]: { changes, takes: { plan: 20 } } });
    const run = runPlan({ scope: 'dev', jobs: '1' }, world.surroundings);
    await Promise.all([
      expect(run).rejects.toThrow(
        new RunError(
          `plan was interrupted before ${EAST}, dev-us-west-2-foundation had ended; run make plan ENV=dev`,
        ),
      ),
      interruptDuring(`begin plan ${EAST}`),
    ]);
    expect(world.terraform.history).toEqual([
      `begin init ${EAST}`,
      `end init ${EAST}`,
      `begin plan ${EAST}`,
      `SIGINT plan ${EAST}`,
      `end plan ${EAST}`,
    ]);
    expect(world.said).toEqual([
      'SIGINT received: passed on to Terraform, waiting for it to end',
      `${EAST}  interrupted`,
      '  Terraform ended with exit code 1',
      '  log of plan',
    ]);
  });

  it('does not start what waits for the providers, and leaves no half of them', async () => {
    world.terraform.says({ providers: { takes: { init: 20 } } });
    const run = runPlan({ scope: 'dev', jobs: '2' }, world.surroundings);
    await Promise.all([
      expect(run).rejects.toThrow(/^plan was interrupted/),
      interruptDuring('begin init providers'),
    ]);
    expect(world.terraform.steps).toEqual([]);
    expect(readdirSync(join(world.workFolder, 'providers'))).toEqual([]);
  });

  it('makes no further state buckets', async () => {
    world.terraform.says({ [EAST]: { takes: { init: 20 } } });
    world.applied(place('us-east-1', 'foundation'));
    const run = runBootstrap({ scope: 'dev' }, world.surroundings);
    await Promise.all([
      expect(run).rejects.toThrow(
        new RunError(
          `bootstrap was interrupted before ${EAST}, dev-us-west-2-foundation had ended; run make bootstrap ENV=dev`,
        ),
      ),
      interruptDuring(`begin init ${EAST}`),
    ]);
    expect(world.said.filter((line) => line.includes('us-west-2'))).toEqual([]);
  });

  it('in the middle of an apply has used its plan up, but not the plans of the others', async () => {
    const changes = [change('aws_vpc.network', 'create')];
    const planned = { [EAST]: { changes }, 'dev-us-west-2-foundation': { changes } };
    world.terraform.says(planned);
    await runPlan({ scope: 'dev' }, world.surroundings);
    world.terraform.says({ ...planned, [EAST]: { changes, takes: { apply: 20 } } });
    const run = runApply({ scope: 'dev', jobs: '1' }, world.surroundings);
    await Promise.all([
      expect(run).rejects.toThrow(
        new RunError(
          `apply was interrupted before ${EAST}, dev-us-west-2-foundation had ended; run make plan ENV=dev`,
        ),
      ),
      interruptDuring(`begin apply ${EAST}`),
    ]);
    world.lines.length = 0;
    await expect(runApply({ scope: 'dev', jobs: '1' }, world.surroundings)).rejects.toThrow(
      new RunError(`${EAST} must be planned before it is applied, got no saved plan; run make plan ENV=dev`),
    );
    expect(world.said).toEqual([
      `${EAST}  not planned`,
      'dev-us-west-2-foundation  applied: 1 added, 0 changed, 0 replaced, 0 destroyed',
    ]);
  });
});
