import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RehearsedStack } from './rehearsed-stack';
import { resources } from './samples';
import { StandIn } from './stand-in';
import type { TerraformResult } from './terraform';

let standIn: StandIn;

beforeAll(async () => {
  standIn = await StandIn.start();
});

afterAll(() => standIn.stop());

async function succeed(result: Promise<TerraformResult>): Promise<TerraformResult> {
  const { code, output } = await result;
  expect(code, output).toBe(0);
  return result;
}

/** Terraform writes what it made so far no more often than this, in seconds. */
const PERSIST_INTERVAL = 20;

/** A topic, then a queue, then a log group: each is made when the one before is there. */
const chain = (prefix: string) =>
  resources({
    aws_sns_topic: { first: { name: `${prefix}-first` } },
    aws_sqs_queue: { second: { name: `${prefix}-second`, depends_on: ['aws_sns_topic.first'] } },
    aws_cloudwatch_log_group: { third: { name: `${prefix}-third`, depends_on: ['aws_sqs_queue.second'] } },
  });

async function planned(id: string): Promise<RehearsedStack> {
  const stack = standIn.writeStack(id, chain(id));
  await succeed(stack.init());
  await succeed(stack.plan());
  return stack;
}

/** Applies, and kills Terraform once AWS has made a resource of the type and before Terraform hears of it. */
async function applyAndDie(stack: RehearsedStack, type: string, delays: Record<string, number> = {}) {
  const death = new AbortController();
  standIn.cloud.afterChange = async (changed) => {
    if (changed === type) {
      death.abort();
      await new Promise(() => undefined);
    }
    await new Promise((resolve) => setTimeout(resolve, (delays[changed] ?? 0) * 1000));
  };
  const result = await stack.applyUntil(death.signal);
  standIn.cloud.afterChange = () => undefined;
  expect(result.code).toBe(137);
}

const lockOf = (stack: RehearsedStack) =>
  [...standIn.states().keys()].find((key) => key.includes(`${stack.id}.tfstate.tflock`));

/** What whoever comes next does: reads the lock's id in the refusal, and takes the lock away. */
async function unlock(stack: RehearsedStack): Promise<void> {
  const refused = await stack.plan();
  expect(refused.code).toBe(1);
  expect(refused.output).toContain('Error acquiring the state lock');
  const lockId = /ID: +([0-9a-f-]{36})/.exec(refused.output)?.[1] ?? '';
  expect(lockOf(stack)).toBeDefined();
  await succeed(stack.forceUnlock(lockId));
  expect(lockOf(stack)).toBeUndefined();
}

const unframed = (output: string) => output.replace(/[╷│╵]/g, ' ').replace(/\s+/g, ' ');

describe('an apply that is killed', () => {
  it('keeps what it had written down, from which the next goes on', async () => {
    const stack = await planned('slow');
    await applyAndDie(stack, 'aws_cloudwatch_log_group', { aws_sqs_queue: PERSIST_INTERVAL + 1 });
    expect(stack.resourceCount()).toBe(2);

    await unlock(stack);
    expect((await succeed(stack.plan())).output).toContain('1 to add, 0 to change, 0 to destroy');
    // the log group was made, and its maker died before it could say so
    const refused = await stack.apply();
    expect(unframed(refused.output)).toContain(
      'ResourceAlreadyExistsException: The specified log group slow-third already exists',
    );
    await succeed(stack.run('import', '-no-color', 'aws_cloudwatch_log_group.third', 'slow-third'));
    await succeed(stack.planAgain());
    expect(stack.resourceCount()).toBe(3);
  });

  it('in its first seconds leaves no state at all: what it made is imported', async () => {
    const stack = await planned('fast');
    await applyAndDie(stack, 'aws_sqs_queue');
    expect(stack.resourceCount()).toBe(0);

    await unlock(stack);
    await succeed(stack.plan());
    expect((await stack.apply()).output).toContain('Topic fast-first already exists');
    const topic = 'arn:aws:sns:eu-west-1:123456789012:fast-first';
    const queue = 'https://sqs.eu-west-1.amazonaws.com/123456789012/fast-second';
    await succeed(stack.run('import', '-no-color', 'aws_sns_topic.first', topic));
    await succeed(stack.run('import', '-no-color', 'aws_sqs_queue.second', queue));
    await succeed(stack.plan());
    await succeed(stack.apply());
    await succeed(stack.planAgain());
    expect(stack.resourceCount()).toBe(3);
  });

  it('refuses to take away a lock that somebody else holds by now', async () => {
    const stack = await planned('other');
    await applyAndDie(stack, 'aws_sns_topic');
    const { code, output } = await stack.forceUnlock('00000000-0000-0000-0000-000000000000');
    expect(code).toBe(1);
    expect(unframed(output)).toContain('does not match');
    await unlock(stack);
  });
});
