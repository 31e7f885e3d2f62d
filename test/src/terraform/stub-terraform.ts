import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** What the stub does with one stack. */
export interface StubStack {
  /** Entries of `resource_changes`; none is a plan without changes. */
  readonly changes?: readonly object[];
  /** Entries of `resource_drift`. */
  readonly drift?: readonly object[];
  /** `output_changes`, by name. */
  readonly outputs?: Readonly<Record<string, object>>;
  /** What a command prints before it fails. */
  readonly fails?: Readonly<Record<string, string>>;
  /** How many seconds a command takes. */
  readonly takes?: Readonly<Record<string, number>>;
  /** The state that applying leaves beside the configuration, if that has a local backend. */
  readonly localState?: object;
}

export interface StubCall {
  readonly stack: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

const WATCHED = [
  'TF_DATA_DIR',
  'TF_PLUGIN_CACHE_DIR',
  'TF_IN_AUTOMATION',
  'TF_INPUT',
  'TF_WORKSPACE',
  'CHECKPOINT_DISABLE',
  'PLAN_KEY',
] as const;

/** Those of the watched variables that were set. */
function watched(values: readonly string[]): Record<string, string> {
  const env: Record<string, string> = {};
  for (const [index, name] of WATCHED.entries()) if (values[index]) env[name] = values[index];
  return env;
}

/** An executable that stands in for Terraform: it does what a table says and writes down how it was called. */
export class StubTerraform {
  readonly binary: string;

  constructor(private readonly folder: string) {
    mkdirSync(folder, { recursive: true });
    this.binary = join(folder, 'terraform');
    writeFileSync(this.binary, SCRIPT);
    chmodSync(this.binary, 0o755);
  }

  /** Replaces the table. */
  says(stacks: Readonly<Record<string, StubStack>>): void {
    rmSync(join(this.folder, 'table'), { recursive: true, force: true });
    for (const [
      id,
      { changes = [], drift = [], outputs = {}, fails = {}, takes = {}, localState },
    ] of Object.entries(stacks)) {
      const row = join(this.folder, 'table', id);
      mkdirSync(row, { recursive: true });
      if (changes.length + drift.length > 0 || Object.keys(outputs).length > 0) {
        const plan = { resource_changes: changes, resource_drift: drift, output_changes: outputs };
        writeFileSync(join(row, 'changes'), JSON.stringify(plan));
      }
      for (const [command, text] of Object.entries(fails))
        writeFileSync(join(row, `fails-${command}`), `${text}\n`);
      for (const [command, seconds] of Object.entries(takes))
        writeFileSync(join(row, `takes-${command}`), `${seconds}\n`);
      if (localState) writeFileSync(join(row, 'local-state'), JSON.stringify(localState));
    }
  }

  /** What it prints as the schema of its one provider: attributes by type of resource. */
  schema(types: Readonly<Record<string, Readonly<Record<string, object>>>>): void {
    const resource_schemas = Object.fromEntries(
      Object.entries(types).map(([type, attributes]) => [type, { block: { attributes } }]),
    );
    const schema = { provider_schemas: { 'registry.terraform.io/hashicorp/aws': { resource_schemas } } };
    writeFileSync(join(this.folder, 'schema'), JSON.stringify(schema));
  }

  /** All calls but those for the version, and those that install providers. */
  get calls(): readonly StubCall[] {
    return callsIn(this.events);
  }

  /** The calls that install providers. */
  get installations(): readonly StubCall[] {
    return callsIn(this.allEvents.filter(([, stack]) => stack === 'providers'));
  }

  /** `plan dev-us-east-1-workload` and so on, as they began. */
  get steps(): readonly string[] {
    return this.calls.map(({ stack, args }) => `${args[0]} ${stack}`);
  }

  /** `begin init a`, `end init a`, `SIGINT apply a`, as they came. */
  get history(): readonly string[] {
    return this.allHistory.filter((event) => !event.endsWith(' providers'));
  }

  /** The same with `begin init providers`. */
  get allHistory(): readonly string[] {
    return this.allEvents.map(([event, stack, args = '']) => `${event} ${args.split(' ')[0]} ${stack}`);
  }

  private get events(): readonly (readonly string[])[] {
    return this.allEvents.filter(([, stack]) => stack !== 'providers');
  }

  private get allEvents(): readonly (readonly string[])[] {
    const file = join(this.folder, 'events');
    if (!existsSync(file)) return [];
    const lines = readFileSync(file, 'utf8').trimEnd().split('\n');
    return lines.map((line) => line.split('|'));
  }
}

const callsIn = (events: readonly (readonly string[])[]): readonly StubCall[] =>
  events
    .filter(([event]) => event === 'begin')
    .map(([, stack = '', args = '', ...env]) => ({ stack, args: args.trim().split(' '), env: watched(env) }));

/** In shell, which starts in a few milliseconds. */
const SCRIPT = `#!/bin/sh
here=\${0%/*}
if [ "$1" = version ]; then
  echo '{ "terraform_version": "1.11.4" }'
  exit
fi
stack=\${PWD##*/}
# the folder in which providers are installed has another name each time
[ ! -f providers.tf.json ] || stack=providers
row=$here/table/$stack
event() {
  echo "$1|$stack|$args|${WATCHED.map((name) => `$${name}`).join('|')}" >>"$here/events"
}
args="$*"
event begin

interrupted() {
  event "$1"
  echo "received $1"
  kill "$waiting" 2>/dev/null
  sleep 0.3
  event end
  exit 1
}
trap 'interrupted SIGINT' INT
trap 'interrupted SIGTERM' TERM
if [ -f "$row/takes-$1" ]; then
  read -r seconds <"$row/takes-$1"
  sleep "$seconds" &
  waiting=$!
  wait $waiting
fi
if [ -f "$row/fails-$1" ]; then
  cat "$row/fails-$1"
  event end
  exit 1
fi

code=0
case $1 in
  init)
    if [ "$stack" = providers ] && [ -z "$TF_REATTACH_PROVIDERS" ]; then
      mkdir -p .terraform/providers
      [ -f .terraform.lock.hcl ] || echo 'checksums as they came' >.terraform.lock.hcl
    fi
    ;;
  plan)
    echo 'a plan'
    echo 'plan with a secret' >"\${args##*-out=}"
    [ ! -f "$row/changes" ] || code=2
    ;;
  show) cat "$row/changes" ;;
  providers) cat "$here/schema" 2>/dev/null || echo '{}' ;;
  apply)
    if [ -f "$row/local-state" ] && grep -q '"local"' cdk.tf.json; then
      cat "$row/local-state" >terraform.tfstate
    fi
    ;;
esac
event end
exit $code
`;

/** One entry of `resource_changes`. */
export const change = (address: string, ...actions: readonly string[]) => ({
  address,
  type: address.split('.')[0] ?? '',
  change: { actions },
});
