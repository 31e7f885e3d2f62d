import {
  askForMore,
  FIXED_LIMITS,
  NEARLY_FULL,
  QUOTAS,
  type QuotaName,
} from '../../modules/governance/quotas';
import type { Environment, Estate } from '../config/estate';
import type { SettingProblem } from '../config/problem';
import { inEachRegion, type HeldStack } from '../doctor/held-stack';
import { countOf, type Count } from './quota-counts';

/** An account in one region, and what shares its quotas. */
interface Place {
  readonly account: string;
  readonly region: string;
  readonly environments: readonly Environment[];
  readonly stacks: readonly HeldStack[];
}

type FileOf = (environment: string) => string;

/**
 * What takes 80 % or more of a quota: AWS would refuse the next of it, or this one already, in the middle of an apply.
 *
 * @param stacks all of the environments of an account, else what they share is counted short
 */
export function quotaProblems(
  estate: Estate,
  stacks: readonly HeldStack[],
  fileOf: FileOf,
): readonly SettingProblem[] {
  return placesOf(estate, stacks).flatMap((place) => [
    ...(Object.keys(QUOTAS) as QuotaName[]).flatMap((name) => tooMany(place, name, fileOf)),
    ...(Object.keys(FIXED_LIMITS) as (keyof typeof FIXED_LIMITS)[]).flatMap((name) =>
      overFixed(place, name, fileOf),
    ),
  ]);
}

function placesOf({ environments }: Estate, whole: readonly HeldStack[]): readonly Place[] {
  const stacks = whole.flatMap(inEachRegion);
  const keys = new Map(
    stacks.map(({ place: { account, region } }) => [`${account} ${region}`, { account, region }]),
  );
  return [...keys.values()].map(({ account, region }) => ({
    account,
    region,
    environments: environments.filter(
      ({ settings }) =>
        settings.account === account && settings.regions[region as keyof typeof settings.regions],
    ),
    stacks: stacks.filter(({ place }) => place.account === account && place.region === region),
  }));
}

/** Whether so many are too many of a limit. */
const fills = ({ count }: Count, limit: number) => count > 0 && count >= limit * NEARLY_FULL;

function tooMany(place: Place, name: QuotaName, fileOf: FileOf): readonly SettingProblem[] {
  const { region, environments, stacks, account } = place;
  const quota = QUOTAS[name];
  const said = environments.flatMap(
    ({ settings }) => settings.regions[region as keyof typeof settings.regions]?.quotas[name] ?? [],
  );
  const limit = Math.max(quota.usual, ...said);
  const count = countOf(name, stacks);
  if (!fills(count, limit)) return [];
  const least = Math.floor(count.count / NEARLY_FULL) + 1;
  return [
    {
      file: fileOf(whoSays(place, count)),
      path: ['regions', region, 'quotas', name],
      rule: `be ${least} or more, so that the ${count.count} of quota "${quota.name}"${detail(count)} in account ${account} take less than 80 % of it`,
      value: limit,
      remedy: `ask AWS for more, and set it to what is granted: ${askForMore(region, quota, least)}`,
    },
  ];
}

function overFixed(place: Place, name: keyof typeof FIXED_LIMITS, fileOf: FileOf): readonly SettingProblem[] {
  const limit = FIXED_LIMITS[name];
  const count = countOf(name, place.stacks);
  if (!fills(count, limit.usual)) return [];
  return [
    {
      file: fileOf(whoSays(place, count)),
      path: ['loadBalancers'],
      rule: `have less than 80 % of the ${limit.usual} "${limit.name}" that AWS takes${detail(count)}, and raises for nobody`,
      value: count.count,
      remedy: 'spread the services over several',
    },
  ];
}

const detail = ({ fullest, scopes }: Count) =>
  fullest === undefined ? ` of ${scopes.join(' and ')}` : ` (${fullest} of ${scopes.join(' and ')})`;

/** Of several environments the one that came last: what stood before stays as it is. */
function whoSays({ environments }: Place, { scopes }: Count): string {
  const names = environments.map(({ name }) => name);
  return names.filter((name) => scopes.includes(name)).at(-1) ?? names.at(-1) ?? scopes[0] ?? '';
}
