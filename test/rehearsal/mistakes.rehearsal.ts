import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MISTAKES } from './mistakes';
import { GATEWAYS_OVER_TIME } from './mistakes-of-gateways';
import { MISTAKES_OVER_TIME } from './mistakes-over-time';
import type { RehearsedStack } from './rehearsed-stack';
import { resource, STANDING } from './samples';
import type { JsonObject } from './stack-document';
import { StandIn } from './stand-in';

let standIn: StandIn;
let stack: RehearsedStack;

/** Initialised once: every configuration takes the place of the one before. */
beforeAll(async () => {
  standIn = await StandIn.start();
  standIn.cloud.outside.declare(...STANDING);
  stack = standIn.writeStack('mistake', resource('aws_vpc', { cidr_block: '10.0.0.0/16' }));
  expect(await stack.init()).toMatchObject({ code: 0 });
});

afterAll(() => standIn.stop());

describe('a rehearsal refuses', () => {
  it.each(MISTAKES)('$mistake', async ({ configuration, message }) => {
    stack.forgetState();
    stack.reconfigure(configuration);
    const planned = await stack.plan();
    const refused = planned.code === 0 ? await stack.apply() : planned;
    expect(refused.code).toBe(1);
    expect(unframed(refused.output)).toContain(message);
  });
});

describe('a rehearsal refuses, because of what stands already,', () => {
  it.each([...MISTAKES_OVER_TIME, ...GATEWAYS_OVER_TIME])(
    '$mistake',
    async ({ before, user, after, message }) => {
      // a world of its own: what is refused stays
      const world = await StandIn.start();
      world.cloud.outside.declare(...STANDING);
      try {
        const first = world.writeStack('first', before);
        await made(first);
        first.reconfigure(after);
        const second = user && world.writeStack('second', reading(user, first));
        const refused = (second && (await refusalOf(second))) ?? (await refusalOf(first));
        expect(refused).toContain(message);
      } finally {
        await world.stop();
      }
    },
  );
});

async function made(stack: RehearsedStack): Promise<void> {
  expect(await refusalOf(stack)).toBeUndefined();
}

/** What Terraform says when it does not apply, or nothing when it does. */
async function refusalOf(one: RehearsedStack): Promise<string | undefined> {
  for (const step of [() => one.init(), () => one.plan(), () => one.apply()]) {
    const { code, output } = await step();
    if (code !== 0) return unframed(output);
  }
  return undefined;
}

/** The configuration with the other stack's state to read from. */
function reading(configuration: JsonObject, { backend }: RehearsedStack): JsonObject {
  const config = { ...backend, region: 'us-east-1' };
  return { ...configuration, data: { terraform_remote_state: { first: { backend: 's3', config } } } };
}

it('at least 60 mistakes turn a rehearsal red', () => {
  const names = [...MISTAKES, ...MISTAKES_OVER_TIME, ...GATEWAYS_OVER_TIME].map(({ mistake }) => mistake);
  expect(new Set(names).size).toBe(names.length);
  expect(names.length).toBeGreaterThanOrEqual(60);
});

/** Terraform frames its errors and breaks their lines. */
function unframed(output: string): string {
  return output.replace(/[╷│╵]/g, ' ').replace(/\s+/g, ' ');
}
