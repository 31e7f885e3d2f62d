import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { Environment } from '../../../src/config/estate';
import { findEnvironment } from '../../../src/config/load';
import { stackId, type StackPlace } from '../../../src/stacks/base-stack';
import type { SynthesizedStack } from '../../../src/synth';
import {
  mentionsIn,
  stateLocation,
  summarizeState,
  type StateLocation,
} from '../../../src/terraform/state/state-store';
import type { FoundRoute, FoundRule } from '../../../src/terraform/drift/known-access';
import type { FoundParameter, ParameterToWrite } from '../../../src/terraform/aws/parameter-store';
import type { Revision } from '../../../src/terraform/plan/revision';
import type { UsersTask } from '../../../modules/database/users-image';
import type { TaskEnd } from '../../../src/users/task-runner';
import type { Surroundings } from '../../../src/terraform/stacks/surroundings';
import { StubTerraform } from './stub-terraform';
import { testEnvironment } from './test-environment';

export const ACCOUNT = '111122223333';

/** A stack to synthesize: what matters of its cdk.tf.json, and what it comes after. */
export interface WorldStack {
  readonly place: StackPlace;
  readonly after?: readonly string[];
  readonly config?: object;
}

export const place = (region: string, layer: string, more: Partial<StackPlace> = {}): StackPlace => ({
  scope: 'dev',
  account: ACCOUNT,
  region,
  layer,
  ...more,
});

/** A parameter as the commands write it. */
const fit = (name: string): FoundParameter =>
  name.startsWith('/releases/')
    ? { type: 'String' }
    : { type: 'SecureString', keyId: `alias/${name.split('/')[1] ?? ''}-parameters` };

/** An entry of a lock file, as Terraform writes it. */
export const lockEntry = (address: string, version: string, checksum = 'h1:a') =>
  `provider "${address}" {\n  version     = "${version}"\n  constraints = "${version}"\n  hashes = [\n    "${checksum}",\n  ]\n}\n`;

/** Everything that commands touch, as tables that a test fills and looks at. */
export class DriverWorld {
  readonly folder = mkdtempSync(join(tmpdir(), 'driver-'));
  readonly workFolder = join(this.folder, 'work');
  readonly providerLockFile = join(this.folder, '.terraform.lock.hcl');
  readonly movesPath = join(this.folder, 'moves.json');
  readonly terraform = new StubTerraform(join(this.folder, 'bin'));
  readonly lines: string[] = [];
  readonly warnings: string[] = [];
  stacks: readonly WorldStack[] = [];
  /** Every scope of the files. */
  scopes: readonly string[] = ['dev', `account-${ACCOUNT}`];
  account = ACCOUNT;
  availableMemory = 64 * 1024 ** 3;
  now = new Date('2026-01-01T00:00:00Z');
  revision: Revision | undefined = { commit: 'a'.repeat(40), dirty: false };
  /** Added to what Terraform finds in its environment. */
  env: Readonly<Record<string, string>> = {};
  readonly buckets = new Set<string>();
  /** States by `bucket/key`. */
  readonly states = new Map<string, object>();
  /** Values by `region name`, and by `profile region name` where a profile reads them. */
  readonly parameters = new Map<string, string>();
  /** Of those that are not what they should be, by `region name`. */
  readonly unfit = new Map<string, FoundParameter>();
  readonly written: ParameterToWrite[] = [];
  /** Failures of regions, thrown by whatever asks there. */
  readonly lost = new Map<string, Error>();
  /** What listing buckets fails with. */
  unlistable: Error | undefined;
  /** Called on each read of a state, before it is answered. */
  onStateRead: (location: StateLocation) => void = () => undefined;
  /** What AWS says of rules, and of policies by role. */
  rules: readonly FoundRule[] = [];
  routes: readonly FoundRoute[] = [];
  policies: Readonly<Record<string, readonly string[]>> = {};
  /** What the account holds and may have, for `make doctor`. */
  caller = `arn:aws:sts::${ACCOUNT}:assumed-role/dev-plan/somebody`;
  /** Name servers of each zone, by domain; and those that the internet knows. */
  readonly zones = new Map<string, readonly (readonly string[])[]>();
  readonly delegated = new Map<string, readonly string[]>();
  readonly linkedRoles = new Set<string>();
  /** `account region repository@digest` */
  readonly images = new Set<string>();
  /** Values by code, and counts by what is counted. */
  readonly limits = new Map<string, number>();
  readonly inUse = new Map<string, number>();
  /** Tasks that were started, and how they end; those that are not here never do. */
  readonly started: UsersTask[] = [];
  readonly stopped: string[] = [];
  readonly taskEnds = new Map<string, TaskEnd>();
  readonly taskLogs = new Map<string, readonly string[]>();
  environment: Environment | undefined;
  /** Environments besides it, and accounts of AWS profiles besides that of the run. */
  readonly others: Environment[] = [];
  readonly profiles = new Map<string, string>();
  input = '';

  constructor() {
    writeFileSync(this.providerLockFile, lockEntry('registry.terraform.io/hashicorp/aws', '6.25.0'));
  }

  close(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Makes the state of a stack: a resource that mentions some values, and outputs. */
  applied(place: StackPlace, outputs: readonly string[] = [], mentions: readonly string[] = []): void {
    const { bucket, key } = stateLocation(place);
    const { serial = 0 } = (this.states.get(`${bucket}/${key}`) ?? {}) as { serial?: number };
    this.states.set(`${bucket}/${key}`, {
      lineage: stackId(place),
      serial: serial + 1,
      resources: [
        { mode: 'managed', type: 'aws_vpc', name: 'network', instances: [{ attributes: { mentions } }] },
      ],
      outputs: Object.fromEntries(outputs.map((name) => [name, { value: 'a value' }])),
    });
  }

  /** What a stack's folder in the work folder holds. */
  workspaceFile = (id: string, file: string) =>
    readFileSync(join(this.workFolder, 'terraform', id, file), 'utf8');

  /** Lines without the time that a step took, which differs, and the name of a log. */
  get said(): readonly string[] {
    return this.lines.map((line) =>
      line.replace(/ \(\d+ s\)$/, '').replace(/log: .*-(\w+)\.log$/, 'log of $1'),
    );
  }

  get surroundings(): Surroundings {
    const synthesize = (options: { readonly out: string }) =>
      Promise.resolve({ stacks: this.write(options.out), warnings: this.warnings, kept: [], removed: [] });
    const checkLost = (region: string) => {
      const error = this.lost.get(region);
      if (error) throw error;
    };
    return {
      env: {
        PATH: process.env['PATH'],
        TERRAFORM_BINARY_NAME: this.terraform.binary,
        JOBS: '4',
        ...this.env,
      },
      workFolder: this.workFolder,
      providerLockFile: this.providerLockFile,
      availableMemory: () => this.availableMemory,
      now: () => this.now,
      revision: () => Promise.resolve(this.revision),
      reporter: {
        line: (text) => this.lines.push(text),
        warn: (text) => this.lines.push(`warning: ${text}`),
        status: () => undefined,
      },
      synthesize,
      synthesizeBootstrap: synthesize,
      loadEnvironment: async ({ environment }) => {
        await Promise.resolve();
        const own = this.environment ?? testEnvironment({});
        const all = { environments: [own, ...this.others] };
        return this.others.length === 0 ? own : findEnvironment(all, environment);
      },
      scopes: () => Promise.resolve(this.scopes),
      movesPath: () => this.movesPath,
      callerAccount: (_region, profile) => Promise.resolve(this.accountOf(profile)),
      callerIdentity: (_region, profile) =>
        Promise.resolve({ account: this.accountOf(profile), arn: this.caller }),
      zones: {
        nameServers: async (region, domain) => {
          await Promise.resolve();
          checkLost(region);
          return this.zones.get(domain) ?? [];
        },
      },
      publicNames: { nameServers: (domain) => Promise.resolve(this.delegated.get(domain) ?? []) },
      linkedRoles: { services: () => Promise.resolve(this.linkedRoles) },
      images: {
        has: ({ account, region, repository, digest }) =>
          Promise.resolve(this.images.has(`${account} ${region} ${repository}@${digest}`)),
      },
      quotas: {
        limit: async (region, { code }) => {
          await Promise.resolve();
          checkLost(region);
          return this.limits.get(code);
        },
        inUse: (_region, what) => Promise.resolve(this.inUse.get(what) ?? 0),
      },
      states: {
        hasBucket: async ({ bucket, region }) => {
          await Promise.resolve();
          checkLost(region);
          return this.buckets.has(bucket);
        },
        bucketNames: async () => {
          await Promise.resolve();
          if (this.unlistable) throw this.unlistable;
          return [...this.buckets];
        },
        keys: async ({ bucket, region }, prefix) => {
          await Promise.resolve();
          checkLost(region);
          const all = [...this.states.keys()].filter((one) => one.startsWith(`${bucket}/${prefix}`));
          return all.map((one) => one.slice(bucket.length + 1));
        },
        read: async (location) => {
          await Promise.resolve();
          checkLost(location.region);
          this.onStateRead(location);
          const state = this.states.get(`${location.bucket}/${location.key}`);
          return state && summarizeState(JSON.stringify(state));
        },
        text: async ({ bucket, key, region }) => {
          await Promise.resolve();
          checkLost(region);
          const state = this.states.get(`${bucket}/${key}`);
          return state && JSON.stringify(state);
        },
        mentions: async ({ bucket, key, region }, names) => {
          await Promise.resolve();
          checkLost(region);
          return mentionsIn(JSON.stringify(this.states.get(`${bucket}/${key}`) ?? {}), names);
        },
      },
      parameters: {
        present: async (region, names) => {
          await Promise.resolve();
          checkLost(region);
          const there = names.filter((name) => this.parameters.has(`${region} ${name}`));
          return new Map(there.map((name) => [name, this.unfit.get(`${region} ${name}`) ?? fit(name)]));
        },
        read: async (region, name, profile) => {
          await Promise.resolve();
          checkLost(region);
          return this.parameters.get(`${profile === undefined ? '' : `${profile} `}${region} ${name}`);
        },
        write: async (parameter) => {
          await Promise.resolve();
          checkLost(parameter.region);
          this.written.push(parameter);
        },
      },
      access: {
        securityGroupRules: (_region, groups) =>
          Promise.resolve(this.rules.filter(({ group }) => groups.includes(group))),
        routes: (_region, tables) =>
          Promise.resolve(this.routes.filter(({ table }) => tables.includes(table))),
        rolePolicies: (_region, role) => Promise.resolve(this.policies[role] ?? []),
      },
      tasks: {
        start: (_region, task) => {
          this.started.push(task);
          return Promise.resolve(`arn of ${task.taskDefinition}`);
        },
        end: (_region, { taskDefinition }) => Promise.resolve(this.taskEnds.get(taskDefinition)),
        stop: (_region, _task, arn) => Promise.resolve(void this.stopped.push(arn)),
        log: (_region, { taskDefinition }) => Promise.resolve(this.taskLogs.get(taskDefinition) ?? []),
      },
      pause: () => Promise.resolve(),
      input: Readable.from([Buffer.from(this.input)]),
    };
  }

  private accountOf(profile: string | undefined): string {
    return profile === undefined ? this.account : (this.profiles.get(profile) ?? 'none');
  }

  private write(out: string): readonly SynthesizedStack[] {
    return this.stacks.map(({ place, after = [], config = {} }) => {
      const id = stackId(place);
      const folder = join(out, 'stacks', id);
      mkdirSync(folder, { recursive: true });
      const { bucket, key, region } = stateLocation(place);
      const terraform = {
        backend: { s3: { bucket, key, region } },
        required_providers: { aws: { source: 'aws', version: '6.25.0' } },
      };
      const resource = { aws_vpc: { network: {} } };
      writeFileSync(join(folder, 'cdk.tf.json'), JSON.stringify({ terraform, resource, ...config }));
      return { id, place, dependencies: after, folder };
    });
  }
}
