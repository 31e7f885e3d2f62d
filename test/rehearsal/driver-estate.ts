import { copyFileSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { Readable } from 'node:stream';
import { vi } from 'vitest';
import { stackId, stateBackend, type StackPlace } from '../../src/stacks/base-stack';
import type { SynthesizedStack } from '../../src/synth';
import type { AccessInventory } from '../../src/terraform/drift/known-access';
import { surroundings, type Surroundings } from '../../src/terraform/stacks/surroundings';
import { lockEntry } from '../src/terraform/driver-world';
import type { JsonObject } from './stack-document';
import { StandIn } from './stand-in';
import { terraformBinary, terraformEnvironment } from './terraform';

export const ACCOUNT = '111122223333';

/** Of Terraform and of OpenTofu. */
export const REGISTRIES = ['registry.terraform.io', 'registry.opentofu.org'];

export const place = (layer: string, more: Partial<StackPlace> = {}): StackPlace => ({
  scope: 'dev',
  account: ACCOUNT,
  region: 'us-east-1',
  layer,
  ...more,
});

/** As jenkins/vars/planEnvironments.groovy stashes it. */
const CARRIED = ['tfplan', 'plan.json', '.terraform.lock.hcl'];

/** A stack for the driver, and what it comes after. */
export interface DrivenStack {
  readonly place: StackPlace;
  readonly after?: readonly string[];
  readonly config: JsonObject;
}

/** The driver's commands over stacks that tests write, through real Terraform and a loopback AWS. */
export class DriverEstate {
  readonly lines: string[] = [];
  stacks: readonly DrivenStack[] = [];
  now = new Date('2026-01-01T00:00:00Z');
  /** Added to what Terraform and the driver find in their environment. */
  env: Readonly<Record<string, string>> = {};
  /** What AWS says of rules, routes and policies: EC2 and IAM are not on loopback. */
  access: AccessInventory = {
    securityGroupRules: () => Promise.resolve([]),
    routes: () => Promise.resolve([]),
    rolePolicies: () => Promise.resolve([]),
  };
  private work = 'driver';
  private variables: Record<string, string> = {};

  private constructor(readonly standIn: StandIn) {}

  static async start(): Promise<DriverEstate> {
    const standIn = await StandIn.start();
    // either binary finds its provider locked; the one that runs already is not installed
    const entries = REGISTRIES.map((one) => lockEntry(`${one}/hashicorp/aws`, '6.25.0'));
    writeFileSync(join(standIn.folder, '.terraform.lock.hcl'), entries.join('\n'));
    return new DriverEstate(standIn);
  }

  /** Says what the settings would synthesize, from now on. */
  async write(...stacks: readonly DrivenStack[]): Promise<void> {
    this.stacks = stacks;
    for (const one of stacks) this.standIn.cloud.objects.createBucket(stateBackend(one.place).bucket);
    const texts = stacks.map(({ config }) => JSON.stringify(config));
    const session = await this.standIn.openSession(ACCOUNT, ...texts, ...this.standIn.states().values());
    this.variables = forBothRegistries(session.variables);
    for (const [name, value] of Object.entries(this.standIn.server.clientVariables(ACCOUNT)))
      vi.stubEnv(name, value);
  }

  get surroundings(): Surroundings {
    const synthesize = (options: { readonly out: string }) =>
      Promise.resolve({ stacks: this.synthesized(options.out), warnings: [], kept: [], removed: [] });
    return {
      ...surroundings(),
      env: { ...terraformEnvironment(this.variables), TERRAFORM_BINARY_NAME: terraformBinary(), ...this.env },
      workFolder: join(this.standIn.folder, this.work),
      providerLockFile: join(this.standIn.folder, '.terraform.lock.hcl'),
      reporter: {
        line: (text) => this.lines.push(text.replace(/ \(\d+ s\)$/, '')),
        warn: (text) => this.lines.push(`warning: ${text}`),
        status: () => undefined,
      },
      now: () => this.now,
      access: this.access,
      revision: () => Promise.resolve(undefined),
      synthesize,
      synthesizeBootstrap: synthesize,
      input: Readable.from([]),
    };
  }

  /** What was said since the last time. */
  said(): readonly string[] {
    return this.lines.splice(0);
  }

  /** Addresses of the resources that a state holds. */
  state(one: StackPlace): readonly string[] {
    const { bucket, key } = stateBackend(one);
    const state = JSON.parse(this.standIn.states().get(`${bucket}/${key}`) ?? '{}') as {
      resources?: { mode: string; type: string; name: string }[];
    };
    const managed = (state.resources ?? []).filter(({ mode }) => mode === 'managed');
    return managed.map(({ type, name }) => `${type}.${name}`).sort();
  }

  /** Runs commands on another machine: with the same states, and no plans of ours. */
  async bySomebodyElse(run: () => Promise<void>): Promise<void> {
    this.work = 'elsewhere';
    await run();
    this.work = 'driver';
  }

  /** Runs commands where nothing is but what a pipeline carries there: no configuration, no providers, no backend. */
  async onAnotherMachine(run: () => Promise<void>): Promise<void> {
    const folder = (work: string, id = '') => join(this.standIn.folder, work, 'terraform', id);
    for (const id of readdirSync(folder('driver'))) {
      mkdirSync(folder('applier', id), { recursive: true });
      for (const file of CARRIED.map((name) => join(folder('driver', id), name)))
        if (existsSync(file)) copyFileSync(file, join(folder('applier', id), basename(file)));
    }
    this.work = 'applier';
    await run();
    this.work = 'driver';
  }

  async stop(): Promise<void> {
    vi.unstubAllEnvs();
    await this.standIn.stop();
  }

  private synthesized(out: string): readonly SynthesizedStack[] {
    rmSync(out, { recursive: true, force: true });
    return this.stacks.map(({ place: one, after = [], config }) => {
      const folder = join(out, 'stacks', stackId(one));
      mkdirSync(folder, { recursive: true });
      const { bucket, key, region } = stateBackend(one);
      const terraform = {
        required_providers: { aws: { source: 'hashicorp/aws', version: '6.25.0' } },
        backend: { s3: { bucket, key, region, use_lockfile: true } },
      };
      const provider = { aws: [{ region, allowed_account_ids: [one.account] }] };
      writeFileSync(join(folder, 'cdk.tf.json'), JSON.stringify({ terraform, provider, ...config }));
      return { id: stackId(one), place: one, dependencies: after, folder };
    });
  }
}

/** The data source by which a stack reads the state of another one, which it calls by its layer. */
export function readsStateOf(one: StackPlace): JsonObject {
  const { bucket, key, region } = stateBackend(one);
  return { terraform_remote_state: { [one.layer]: { backend: 's3', config: { bucket, key, region } } } };
}

/** OpenTofu looks for the same provider in its own registry. */
function forBothRegistries(variables: Record<string, string>): Record<string, string> {
  const reattach = JSON.parse(variables['TF_REATTACH_PROVIDERS'] ?? '{}') as Record<string, unknown>;
  const both = Object.entries(reattach).flatMap(([address, server]) => {
    const path = address.split('/').slice(-2).join('/');
    return REGISTRIES.map((host) => [`${host}/${path}`, server]);
  });
  return { ...variables, TF_REATTACH_PROVIDERS: JSON.stringify(Object.fromEntries(both)) };
}
