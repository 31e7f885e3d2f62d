import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { isStateful } from '../../src/terraform/stateful-types';
import { readManifest } from './manifest';
import type { StandIn } from './stand-in';
import type { JsonObject } from './stack-document';
import type { TerraformResult } from './terraform';

/** What a release had made: every state by `bucket/key`, as the rehearsal's backend held it. */
export type Release = Readonly<Record<string, string>>;

export const RELEASE_FILE = join(__dirname, 'fixtures', 'last-release.json.gz');

/** The environment that customers use, in both of its regions. */
export const RELEASED_ENVIRONMENT = 'prod';

export function writeRelease(states: ReadonlyMap<string, string>): void {
  // without white space, and in one order, so that the same states make the same file
  const compact = [...states].map(([address, text]) => [address, JSON.stringify(JSON.parse(text))] as const);
  const sorted = Object.fromEntries(compact.sort(([a], [b]) => (a < b ? -1 : 1)));
  writeFileSync(RELEASE_FILE, gzipSync(JSON.stringify(sorted), { level: 9 }));
}

export function readRelease(): Release {
  if (!existsSync(RELEASE_FILE)) throw new Error(`${RELEASE_FILE} is missing: npm run record-release`);
  return JSON.parse(gunzipSync(readFileSync(RELEASE_FILE)).toString('utf8')) as Release;
}

/** Something that holds data and would not survive an upgrade. */
export interface Loss {
  readonly stack: string;
  readonly address: string;
  readonly actions: readonly string[];
}

interface ChangedResource {
  readonly address: string;
  readonly type: string;
  readonly mode: string;
  readonly change: { readonly actions: readonly string[] };
}

/**
 * Plans today's stacks over the states of a release, upstream first. A plan that loses nothing is applied, as the next
 * stack may read what this one says for the first time.
 */
export async function planUpgrade(folder: string, release: Release, standIn: StandIn): Promise<Upgrade> {
  for (const [address, text] of Object.entries(release)) {
    const [bucket = '', ...key] = address.split('/');
    const { objects } = standIn.cloud;
    objects.put(objects.createBucket(bucket), key.join('/'), Buffer.from(text));
    // no state holds a password, but every plan reads one
    for (const secret of secretsIn(text)) {
      standIn.cloud.secrets.putSecret(secret, '{"username":"stand-in","password":"stand-in"}');
    }
  }
  const losses: Loss[] = [];
  let kept = 0;
  for (const { id, folder: source } of readManifest(folder)) {
    const stack = standIn.copyStack(id, source);
    const run = async (step: () => Promise<TerraformResult>) => {
      const { code, output } = await step();
      if (code !== 0) throw new Error(`${id}: ${output}`);
    };
    await run(() => stack.init());
    await run(() => stack.plan());
    const before = losses.length;
    for (const { address, type, mode, change } of changesIn(await stack.showPlan())) {
      if (mode !== 'managed' || !isStateful(type)) continue;
      if (change.actions.includes('delete')) losses.push({ stack: id, address, actions: change.actions });
      else if (!change.actions.includes('create')) kept += 1;
    }
    if (losses.length === before) await run(() => stack.apply());
  }
  return { losses, kept };
}

export interface Upgrade {
  readonly losses: readonly Loss[];
  /** Stateful resources that stay, be it with a change in place. */
  readonly kept: number;
}

interface StoredState {
  readonly resources?: readonly {
    readonly type: string;
    readonly instances: readonly { readonly attributes: Readonly<Record<string, unknown>> }[];
  }[];
}

function secretsIn(state: string): string[] {
  const { resources = [] } = JSON.parse(state) as StoredState;
  return resources
    .filter(({ type }) => type === 'aws_secretsmanager_secret_version')
    .flatMap(({ instances }) => instances.map(({ attributes }) => String(attributes['secret_id'])));
}

const changesIn = (plan: JsonObject): readonly ChangedResource[] =>
  (plan['resource_changes'] ?? []) as unknown as readonly ChangedResource[];
