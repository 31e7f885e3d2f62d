import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the stub does with one stack. */
export interface StubStack {
  /** Entries of `resource_changes`; none is a plan without changes. */
  readonly changes?: readonly object[];
  /** What a command prints before it fails. */
  readonly fails?: Readonly<Record<string, string>>;
  /** How long a command takes, in milliseconds. */
  readonly takes?: Readonly<Record<string, number>>;
  /** The state that applying leaves beside the configuration, for what starts with a local state. */
  readonly localState?: object;
}

export interface StubCall {
  readonly stack: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Milliseconds since the epoch. */
  readonly started: number;
  readonly ended?: number;
  readonly signal?: string;
}

/** An executable that stands in for Terraform: it does what a table says and writes down how it was called. */
export class StubTerraform {
  readonly binary: string;

  constructor(private readonly folder: string) {
    mkdirSync(folder, { recursive: true });
    this.binary = join(folder, 'terraform');
    writeFileSync(this.binary, SCRIPT);
    chmodSync(this.binary, 0o755);
    this.says({});
  }

  /** Replaces the table. */
  says(stacks: Readonly<Record<string, StubStack>>, version = '1.11.4'): void {
    writeFileSync(join(this.folder, 'table.json'), JSON.stringify({ version, stacks }));
  }

  /** All calls but those for the version, as they ended. */
  get calls(): readonly StubCall[] {
    const file = join(this.folder, 'calls');
    if (!existsSync(file)) return [];
    const lines = readFileSync(file, 'utf8').trim().split('\n');
    return lines.map((line) => JSON.parse(line) as StubCall);
  }

  /** `plan dev-us-east-1-workload` and so on. */
  get steps(): readonly string[] {
    return this.calls.map(({ stack, args }) => `${args[0]} ${stack}`);
  }
}

const SCRIPT = `#!${process.execPath}
const { appendFileSync, readFileSync, writeFileSync, existsSync } = require('node:fs');
const { basename, join } = require('node:path');
const args = process.argv.slice(2);
const [command] = args;
const { version, stacks } = JSON.parse(readFileSync(join(__dirname, 'table.json'), 'utf8'));
if (command === 'version') {
  process.stdout.write(JSON.stringify({ terraform_version: version }) + '\\n');
  process.exit(0);
}
const stack = basename(process.cwd());
const { changes = [], fails = {}, takes = {}, localState } = stacks[stack] ?? {};
const { TF_DATA_DIR, TF_PLUGIN_CACHE_DIR, TF_IN_AUTOMATION, TF_INPUT, TF_WORKSPACE, CHECKPOINT_DISABLE } = process.env;
const started = Date.now();
const end = (code, signal) => {
  const env = { TF_DATA_DIR, TF_PLUGIN_CACHE_DIR, TF_IN_AUTOMATION, TF_INPUT, TF_WORKSPACE, CHECKPOINT_DISABLE };
  appendFileSync(join(__dirname, 'calls'), JSON.stringify({ stack, args, env, started, ended: Date.now(), signal }) + '\\n');
  process.exit(code);
};
let signals = 0;
for (const signal of ['SIGINT', 'SIGTERM']) {
  process.on(signal, () => {
    signals += 1;
    process.stdout.write('received ' + signal + '\\n');
    setTimeout(() => end(1, signal + ' ' + signals), 300);
  });
}
const config = () => JSON.parse(readFileSync('cdk.tf.json', 'utf8'));
function run() {
  if (fails[command]) {
    process.stdout.write(fails[command] + '\\n');
    return end(1);
  }
  if (command === 'init') {
    if (!existsSync('.terraform.lock.hcl')) writeFileSync('.terraform.lock.hcl', 'checksums of ' + stack);
    if (args.includes('-migrate-state')) writeFileSync('terraform.tfstate', '');
  }
  if (command === 'plan') {
    process.stdout.write('a plan\\n');
    writeFileSync(args.find((arg) => arg.startsWith('-out=')).slice(5), 'plan with a secret');
    return end(changes.length > 0 ? 2 : 0);
  }
  if (command === 'show') process.stdout.write(JSON.stringify({ resource_changes: changes }));
  if (command === 'apply' && localState && config().terraform.backend.local) {
    writeFileSync('terraform.tfstate', JSON.stringify(localState));
    writeFileSync('terraform.tfstate.backup', JSON.stringify(localState));
  }
  end(0);
}
const wait = takes[command] ?? 0;
if (wait) {
  writeFileSync(join(__dirname, 'started-' + command), String(process.pid));
  setTimeout(run, wait);
} else run();
`;

/** One entry of `resource_changes`. */
export const change = (address: string, ...actions: readonly string[]) => ({
  address,
  type: address.split('.')[0],
  mode: 'managed',
  change: { actions },
});
