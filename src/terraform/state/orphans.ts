import { REGION_NAMES } from '../../../modules/network/regions';
import { CommandError } from '../../errors';
import { stackId, stateBucketName, stateObjectKey, type StackPlace } from '../../stacks/base-stack';
import { isEnvironment, makeCommand, type Target } from '../output/command-text';
import {
  isApplied,
  stateLocation,
  type StateLocation,
  type StateStore,
  type StateSummary,
} from './state-store';

/** What is asked for: a scope with all of its stacks, in whatever region they are. */
export interface AskedScope {
  readonly target: Target;
  readonly scopeStacks: readonly { readonly place: StackPlace }[];
}

export interface Orphans {
  /** A line for each state that holds resources and belongs to no stack any more. */
  readonly found: readonly string[];
  /** Why something could not be looked at. */
  readonly unanswered: readonly string[];
}

/**
 * States that hold resources although no file names their stack any more: no other command sees them. A scope's are in
 * its own buckets, also in those of regions that are gone; those of a scope that is gone itself are looked for by its
 * account, which nobody else is left to do. Costs one call, one more for each of these buckets, and one for each such state.
 *
 * @param scopes every scope of the files
 */
export async function findOrphans(
  { target, scopeStacks }: AskedScope,
  states: StateStore,
  scopes: readonly string[],
): Promise<Orphans> {
  const [first] = scopeStacks.map(({ place }) => place);
  if (!first) return { found: [], unanswered: [] };
  const unanswered = new Set<string>();
  const answered = async <T>(asking: Promise<readonly T[]>): Promise<readonly T[]> => {
    try {
      return await asking;
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      unanswered.add(error.message);
      return [];
    }
  };
  const names = new Set(await answered(states.bucketNames(first.region)));
  const buckets = bucketsOf(names, target.scope, first.account, scopes);
  const found = await Promise.all(
    buckets.map((bucket) => answered(orphansIn(bucket, { target, scopeStacks }, states))),
  );
  return { found: found.flat(), unanswered: [...unanswered] };
}

type Bucket = Pick<StackPlace, 'scope' | 'account' | 'region'>;

/** Those of the scope, and for an account those of scopes that are gone. */
function bucketsOf(
  names: ReadonlySet<string>,
  scope: string,
  account: string,
  scopes: readonly string[],
): readonly Bucket[] {
  const gone = isAccount(scope) ? [...names].flatMap((name) => scopeIn(name, scopes)) : [];
  return [scope, ...new Set(gone)].flatMap((one) =>
    REGION_NAMES.map((region) => ({ scope: one, account, region })).filter((bucket) =>
      names.has(stateBucketName(bucket)),
    ),
  );
}

const isAccount = (scope: string) => scope.startsWith('account-');

const scopeIn = (bucket: string, known: readonly string[]): readonly string[] => {
  const [, scope = ''] = /^([a-z0-9]+)-[a-z0-9-]+-state-\d{12}$/.exec(bucket) ?? [];
  return scope === '' || known.includes(scope) ? [] : [scope];
};

async function orphansIn(
  bucket: Bucket,
  { target, scopeStacks }: AskedScope,
  states: StateStore,
): Promise<readonly string[]> {
  const location = { bucket: stateBucketName(bucket), region: bucket.region };
  const keys = await states.keys(location, `${bucket.scope}/`);
  // somebody else's bucket may have such a name; ours hold the state of what made them
  if (!keys.includes(stateObjectKey({ ...bucket, layer: BOOTSTRAP }))) return [];
  const living = new Map(scopeStacks.map(({ place }) => [stateObjectKey(place), stateLocation(place)]));
  const lines = keys.map(async (key): Promise<string[]> => {
    const place = placeOf(key, bucket);
    const alive = living.get(key);
    if (!place || place.layer === BOOTSTRAP || alive?.bucket === location.bucket) return [];
    const state = await states.read({ ...location, key });
    if (!state || state.managed.size === 0 || (await isLeftBehind(state, alive, states))) return [];
    const isRegionGone = !scopeStacks.some((one) => one.place.region === bucket.region);
    return [orphanText(place, state.managed.size, { ...target, scope: bucket.scope }, isRegionGone, target)];
  });
  return (await Promise.all(lines)).flat();
}

const BOOTSTRAP = 'bootstrap';

function placeOf(key: string, bucket: Bucket): StackPlace | undefined {
  const [, where, layer] = /^[^/]+\/([^/]+)\/([a-z0-9-]+)\.tfstate$/.exec(key) ?? [];
  if (layer === undefined || (where !== 'global' && where !== bucket.region)) return undefined;
  return { ...bucket, layer, ...(where === 'global' && { global: true }) };
}

/** A state whose stack stands elsewhere, where it was copied to; or is to be copied to, which plans say themselves. */
async function isLeftBehind(
  { lineage }: StateSummary,
  alive: StateLocation | undefined,
  states: StateStore,
): Promise<boolean> {
  if (!alive) return false;
  const now = await states.read(alive);
  return !isApplied(now) || now?.lineage === lineage;
}

function orphanText(
  place: StackPlace,
  resources: number,
  owner: Target,
  isRegionGone: boolean,
  { scope }: Target,
): string {
  const { bucket, key } = stateLocation(place);
  const command = (region?: string) => makeCommand('destroy', { ...owner, region });
  const isScopeGone = place.scope !== scope;
  const remedy = isScopeGone
    ? `put ${place.scope} back with decommission: true, plan and apply it, then run ${command()}`
    : isEnvironment(scope) && isRegionGone && !place.global
      ? `put regions['${place.region}'] back with decommission: true, plan and apply it, then run ${command(place.region)}`
      : 'put back what made it, or apply a configuration of nothing but this backend and the provider';
  return `${stackId(place)}: what holds resources must be in the files, got ${resources} in s3://${bucket}/${key} and no such stack; ${remedy}`;
}
