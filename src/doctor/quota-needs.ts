import {
  FARGATE,
  FARGATE_SPOT,
  INSTANCES,
  QUOTAS,
  ROLES,
  type Quota,
  type QuotaName,
} from '../../modules/governance/quotas';
import { countOf } from '../quotas/quota-counts';
import { instanceVcpus, taskVcpus } from './compute-needs';
import { inEachRegion, resourcesOf, type HeldStack } from './held-stack';

/** What an account holds already that counts against a quota of a whole region, or of the account. */
export type InUse = 'vpcs' | 'addresses' | 'roles';

/** What stacks need of one quota. */
export interface QuotaNeed {
  readonly quota: Quota;
  readonly region: string;
  /** Of the fullest of those that the quota is for, such as one security group; nothing for a whole region. */
  readonly fullest?: string;
  /** Less what stands already, where that is counted as in use. */
  readonly count: number;
  /** What comes on top. */
  readonly inUse?: InUse;
}

/** The one region that says IAM's quotas. */
const IAM_REGION = 'us-east-1';

/** Of these AWS says how many there are in the account, also those that nobody here has made. */
const ASKED: Partial<Readonly<Record<QuotaName, InUse>>> = { vpcs: 'vpcs', elasticIps: 'addresses' };

/** A stack, and the addresses of its resources that are there: those that count as in use already. */
export interface StackWithState extends HeldStack {
  readonly standing: ReadonlySet<string>;
}

/** What the stacks of one account need, as quotas count it. What needs nothing, or nothing more, is left out. */
export function quotaNeeds(whole: readonly StackWithState[]): readonly QuotaNeed[] {
  const stacks = whole.flatMap(inEachRegion);
  const regions = [...new Set(stacks.map(({ place }) => place.region))];
  const needs = regions.flatMap((region) => {
    const here = stacks.filter(({ place }) => place.region === region);
    return [
      ...(Object.keys(QUOTAS) as QuotaName[]).map((name) => countedNeed(name, region, here)),
      { quota: FARGATE, region, count: total(here, (stack) => taskVcpus(stack, 'FARGATE')) },
      { quota: FARGATE_SPOT, region, count: total(here, (stack) => taskVcpus(stack, 'FARGATE_SPOT')) },
      { quota: INSTANCES, region, count: total(here, instanceVcpus) },
    ];
  });
  const roles = {
    quota: ROLES,
    region: IAM_REGION,
    count: missing(stacks, 'aws_iam_role'),
    inUse: 'roles' as const,
  };
  return [...needs, roles].filter(({ count }) => count > 0);
}

function countedNeed(name: QuotaName, region: string, stacks: readonly StackWithState[]): QuotaNeed {
  const quota = QUOTAS[name];
  const inUse = ASKED[name];
  const standing = new Map(stacks.map((stack) => [stack.id, stack.standing]));
  const { count, fullest } = countOf(
    name,
    stacks,
    (stack, address) => inUse === undefined || !standing.get(stack.id)?.has(address),
  );
  return { quota, region, count, ...(fullest !== undefined && { fullest }), ...(inUse && { inUse }) };
}

const total = (stacks: readonly HeldStack[], count: (stack: HeldStack) => number) =>
  stacks.reduce((sum, stack) => sum + count(stack), 0);

function missing(stacks: readonly StackWithState[], type: string): number {
  return stacks.flatMap((stack) =>
    resourcesOf(stack, type).filter(([name]) => !stack.standing.has(`${type}.${name}`)),
  ).length;
}
