import type { Draft } from '../check';
import { placeOfArn } from '../../../modules/adoption/existing-ids';
import { REGION_NAMES } from '../../../modules/network/regions';
import { isMap, valueAt } from '../merge';

/** Something that stands in AWS already, as one setting says it. */
interface Existing {
  readonly draft: Draft;
  readonly path: readonly PropertyKey[];
  readonly id: string;
  /** Where AWS has one thing of this kind and id. */
  readonly where: string;
}

/** Where settings name what exists: one line for each kind. */
const SOURCES: readonly ((draft: Draft) => Existing[])[] = [
  buckets,
  zone,
  keys,
  certificates,
  networks,
  databases,
];

function buckets(draft: Draft): Existing[] {
  return namesOf(draft, 'buckets').flatMap((name) =>
    ['existing', 'standby.existing'].flatMap((setting) => {
      const path = ['buckets', name, ...setting.split('.')];
      return [...found(draft, path, 'bucket'), ...found(draft, [...path, 'name'], 'bucket')];
    }),
  );
}

function zone(draft: Draft): Existing[] {
  const path = ['zone', 'existing'];
  return [...found(draft, path, 'zone'), ...found(draft, [...path, 'id'], 'zone')];
}

function keys(draft: Draft): Existing[] {
  return inRegions(draft, (region) =>
    mapKeys(valueAt(draft.merged, ['regions', region, 'keys'])).map((purpose) => [
      'keys',
      purpose,
      'existing',
    ]),
  );
}

function certificates(draft: Draft): Existing[] {
  return inRegions(draft, () => [['certificate', 'existing']]);
}

const TIERS = ['public', 'application', 'data'] as const;

function networks(draft: Draft): Existing[] {
  const idsIn = (region: string) => {
    const path = ['network', 'existing'];
    const subnets = TIERS.flatMap((tier) => {
      const at = [...path, 'subnets', tier];
      return mapKeys(valueAt(draft.merged, ['regions', region, ...at])).map((zone) => [...at, zone, 'id']);
    });
    return [[...path, 'vpc'], ...subnets];
  };
  return inRegions(draft, idsIn, 'id');
}

/** Identifiers are unique in an account and region, and databases exist in the primary alone. */
function databases(draft: Draft): Existing[] {
  const where = `cluster ${String(draft.merged['account'])} ${primaryOf(draft) ?? ''}`;
  return namesOf(draft, 'databases').flatMap((name) =>
    found(draft, ['databases', name, 'existing', 'cluster'], where),
  );
}

const databaseKeys = (draft: Draft): Existing[] =>
  namesOf(draft, 'databases').flatMap((name) => found(draft, ['databases', name, 'existing', 'key'], 'key'));

const primaryOf = ({ merged }: Draft): string | undefined =>
  mapKeys(merged['regions']).find((name) => valueAt(merged, ['regions', name, 'role']) === 'primary');

/** Ids at paths below each region. */
const inRegions = (
  draft: Draft,
  pathsIn: (region: string) => readonly string[][],
  where = 'ARN',
): Existing[] =>
  mapKeys(draft.merged['regions']).flatMap((region) =>
    pathsIn(region).flatMap((path) => found(draft, ['regions', region, ...path], where)),
  );

/** What has an ARN lies in the region and the account that it is said of. */
export function checkExistingPlaces(draft: Draft): void {
  const { merged, report } = draft;
  for (const { path, id } of [...keys(draft), ...certificates(draft), ...databaseKeys(draft)]) {
    if (!id.startsWith('arn:')) continue;
    const is = placeOfArn(id);
    const region = path[0] === 'regions' ? String(path[1]) : primaryOf(draft);
    const wanted = { region: String(region), account: String(merged['account']) };
    for (const part of ['region', 'account'] as const) {
      if (is[part] === wanted[part]) continue;
      report({
        path,
        rule: `lie in the ${part} ${wanted[part]}`,
        value: id,
        remedy: `name one of this ${part}, or say it where it belongs`,
      });
    }
  }
}

/** A cluster lies in the VPC of its environment, and its storage keeps its key: both are part of what it is. */
export function checkExistingDatabases(draft: Draft): void {
  const { merged, report } = draft;
  const region = ['regions', primaryOf(draft) ?? ''];
  const isSaid = (...path: string[]) => valueAt(merged, path) !== undefined;
  for (const name of namesOf(draft, 'databases')) {
    const path = ['databases', name, 'existing'];
    if (!isSaid(...path)) continue;
    if (!isSaid(...region, 'network', 'existing')) {
      report({
        path,
        rule: `stand in an existing VPC, and ${region.join('.')}.network has none`,
        hideValue: true,
        remedy: 'say the VPC there as well, since no cluster can go to another one',
      });
    }
    if (!isSaid(...path, 'key') && !isSaid(...region, 'keys', 'data', 'existing')) {
      report({
        path: [...path, 'key'],
        rule: 'be the key that the storage is encrypted with, since another one would replace the cluster',
        value: undefined,
        remedy: `add it, or name the key for data in ${region.join('.')}.keys`,
      });
    }
  }
}

/** Buckets that the program makes of its own: states, and access logs. */
const OWN_BUCKET = new RegExp(
  `^[a-z0-9-]+-((${REGION_NAMES.join('|')})-state|logs-(${REGION_NAMES.join('|')}))-\\d{12}$`,
);

/** Two stacks would own it, and services could be let into states. */
export function checkExistingForeign(draft: Draft): void {
  for (const { path, id } of buckets(draft)) {
    if (!OWN_BUCKET.test(id)) continue;
    draft.report({
      path,
      rule: 'not be a bucket that this program makes itself, for states or logs',
      value: id,
      remedy: 'take it out',
    });
  }
}

/** What would come out in no stack is said for nothing. */
export function checkExistingUsed({ merged, report }: Draft): void {
  const needsDomain = (path: readonly string[]) => {
    if (valueAt(merged, path) === undefined || merged['domain'] !== undefined) return;
    report({
      path,
      rule: 'belong to a domain, and the environment has none',
      hideValue: true,
      remedy: 'set domain, or take it out',
    });
  };
  needsDomain(['zone']);
  for (const region of mapKeys(merged['regions'])) {
    const path = ['regions', region, 'certificate'];
    needsDomain(path);
    const isStandby = valueAt(merged, ['regions', region, 'role']) === 'standby';
    const services = Object.values(isMap(merged['services']) ? merged['services'] : {});
    const isUsed = services.some(
      (one) =>
        valueAt(one, ['public']) !== undefined && (!isStandby || valueAt(one, ['standby']) !== undefined),
    );
    if (valueAt(merged, path) === undefined || isUsed) continue;
    report({
      path,
      rule: 'be used by a public service of the region, and there is none',
      hideValue: true,
      remedy: 'take it out, or give a service public',
    });
  }
}

/** What exists is taken over once: two owners would undo each other's changes. */
export function checkExisting(drafts: readonly Draft[]): void {
  const owners = new Map<string, Existing>();
  for (const one of drafts.flatMap((draft) => SOURCES.flatMap((source) => source(draft)))) {
    const key = `${one.where} ${one.id}`;
    const owner = owners.get(key);
    owners.set(key, owner ?? one);
    if (owner === undefined) continue;
    one.draft.report({
      path: one.path,
      rule: `not be what ${owner.path.join('.')} of ${owner.draft.name} takes over too`,
      value: one.id,
      remedy: 'take it out of one of the two',
    });
  }
}

function found(draft: Draft, path: readonly string[], where: string): Existing[] {
  const id = valueAt(draft.merged, path);
  return typeof id === 'string' ? [{ draft, path, id, where }] : [];
}

const namesOf = ({ merged }: Draft, kind: string): string[] => mapKeys(merged[kind]);

const mapKeys = (value: unknown): string[] => (isMap(value) ? Object.keys(value) : []);
