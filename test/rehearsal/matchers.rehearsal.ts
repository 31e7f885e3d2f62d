import { type ChildProcess, spawn } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { Subnet } from '@cdktf/provider-aws/lib/subnet';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { Vpc } from '@cdktf/provider-aws/lib/vpc';
import { TerraformStack, Testing } from 'cdktf';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { testApp } from '../support/app';
import { terraformEnvironment } from './terraform';

/** What cdktf adds to jest's and so to vitest's `expect`. */
interface TerraformMatchers {
  readonly not: TerraformMatchers;
  toBeValidTerraform(): void;
  toPlanSuccessfully(): void;
}
const expectStack = (folder: string) => expect(folder) as unknown as TerraformMatchers;

let provider: ChildProcess;

beforeAll(async () => {
  Testing.setupJest();
  // this file mentions every type that it uses
  provider = spawn(
    process.execPath,
    ['--import', 'tsx', join(__dirname, 'provider-process.ts'), __filename],
    {
      stdio: ['pipe', 'pipe', 'inherit'],
    },
  );
  const printed = await new Promise<string>((resolve) =>
    provider.stdout?.once('data', (data) => resolve(String(data))),
  );
  const variables = terraformEnvironment(JSON.parse(printed) as Record<string, string>);
  for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
});

const folders: string[] = [];

afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  vi.unstubAllEnvs();
  provider.stdin?.end();
});

/** Types: aws_vpc, aws_subnet. */
function synthesized(build: (stack: TerraformStack, vpc: Vpc) => void): string {
  const stack = new TerraformStack(testApp(), 'sample');
  new AwsProvider(stack, 'aws', { region: 'eu-west-1' });
  build(stack, new Vpc(stack, 'vpc', { cidrBlock: '10.0.0.0/16' }));
  const folder = Testing.fullSynth(stack);
  folders.push(folder);
  return folder;
}

const sound = () =>
  synthesized((stack, vpc) => new Subnet(stack, 'subnet', { vpcId: vpc.id, cidrBlock: '10.0.1.0/24' }));
const unknownArgument = () => synthesized((_stack, vpc) => vpc.addOverride('cidr', '10.0.0.0/16'));
const undeclared = () => synthesized((stack) => new Subnet(stack, 'subnet', { vpcId: '${aws_vpc.nope.id}' }));
/** Valid as it stands; that the loop's keys are not known comes out in the plan. */
const unknownKeys = () =>
  synthesized((stack, vpc) =>
    new Subnet(stack, 'subnet', { vpcId: vpc.id }).addOverride('for_each', '${toset([aws_vpc.vpc.id])}'),
  );

describe("cdktf's own matchers", () => {
  it('find a sound stack valid', () => expectStack(sound()).toBeValidTerraform());
  it('plan a sound stack', () => expectStack(sound()).toPlanSuccessfully());
  it('find an argument that does not exist', () => expectStack(unknownArgument()).not.toBeValidTerraform());
  it('find a reference to nothing', () => expectStack(undeclared()).not.toBeValidTerraform());
  it('tell what only a plan finds from what is not valid', () => {
    expectStack(unknownKeys()).toBeValidTerraform();
    expectStack(unknownKeys()).not.toPlanSuccessfully();
  });
});
