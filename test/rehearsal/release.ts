import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { environments, shared } from '../fixtures/car-retail';
import { estateOf } from '../support/estate';
import type { StandIn } from './stand-in';
import { synthesizeEstate } from './unprotected-estate';

/** What a release had made: every state by `bucket/key`, as the rehearsal's backend held it. */
export type Release = Readonly<Record<string, string>>;

export const RELEASE_FILE = join(__dirname, 'fixtures', 'last-release.json.gz');

/** Of the fixture, which users of the program do not change: one in both regions. */
export const RELEASED_ENVIRONMENT = 'prod';

/** The stacks that are recorded with a release, as today's code makes them. */
export function synthesizeReleased(out: string): void {
  synthesizeEstate(estateOf({ environments, shared }), [RELEASED_ENVIRONMENT], out);
}

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

/** Puts the states of a release where the stacks of today look for theirs. What they hold exists. */
export function restoreRelease(release: Release, { cloud }: StandIn): void {
  for (const [address, text] of Object.entries(release)) {
    const [bucket = '', ...key] = address.split('/');
    cloud.objects.put(cloud.objects.createBucket(bucket), key.join('/'), Buffer.from(text));
    for (const { type, attributes } of instancesIn(text)) {
      cloud.outside.declare(String(attributes['id']));
      // no state holds a password, but every plan reads one
      if (type === 'aws_secretsmanager_secret_version') {
        cloud.secrets.putSecret(
          String(attributes['secret_id']),
          '{"username":"stand-in","password":"stand-in"}',
        );
      }
    }
  }
}

interface StoredState {
  readonly resources?: readonly {
    readonly type: string;
    readonly instances: readonly { readonly attributes: Readonly<Record<string, unknown>> }[];
  }[];
}

function instancesIn(state: string) {
  const { resources = [] } = JSON.parse(state) as StoredState;
  return resources.flatMap(({ type, instances }) =>
    instances.map(({ attributes }) => ({ type, attributes })),
  );
}
