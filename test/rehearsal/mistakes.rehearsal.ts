import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { MISTAKES } from './mistakes';
import type { RehearsedStack } from './rehearsed-stack';
import { resource } from './samples';
import { StandIn } from './stand-in';

let standIn: StandIn;
let stack: RehearsedStack;

/** Initialised once: every configuration takes the place of the one before. */
beforeAll(async () => {
  standIn = await StandIn.start();
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

/** Terraform frames its errors and breaks their lines. */
function unframed(output: string): string {
  return output.replace(/[╷│╵]/g, ' ').replace(/\s+/g, ' ');
}
