import { askForMore, NEARLY_FULL, type Quota } from '../../modules/governance/quotas';
import { stateLocation, type StateStore } from '../terraform/state/state-store';
import { cannotTell, fault, ok, unlessUnanswered, warning, type Finding } from './finding';
import type { HeldStack } from './held-stack';
import { quotaNeeds, type InUse, type QuotaNeed } from './quota-needs';

/** What AWS lets an account have, and what it has. */
export interface AccountQuotas {
  /** The account's own value, or AWS's default; nothing if AWS does not say it. */
  limit(region: string, quota: Quota): Promise<number | undefined>;
  inUse(region: string, what: InUse): Promise<number>;
}

/** Holds what the stacks need, and what the account has already, against the account's quotas. */
export function quotaFindings(
  stacks: readonly HeldStack[],
  quotas: AccountQuotas,
  states: StateStore,
): Promise<readonly Finding[]> {
  return unlessUnanswered(async () => {
    const standing = await Promise.all(
      stacks.map(async (stack) => ({
        ...stack,
        standing: (await states.read(stateLocation(stack.place)))?.managed ?? new Set<string>(),
      })),
    );
    const found = quotaNeeds(standing).map((need) =>
      unlessUnanswered(async () => [await quotaFinding(need, quotas)]),
    );
    return (await Promise.all(found)).flat();
  });
}

async function quotaFinding(need: QuotaNeed, quotas: AccountQuotas): Promise<Finding> {
  const { quota, region, count, inUse } = need;
  const what = `quota "${quota.name}" in ${region}`;
  const [limit, used] = await Promise.all([
    quotas.limit(region, quota),
    inUse === undefined ? 0 : quotas.inUse(region, inUse),
  ]);
  if (limit === undefined) return cannotTell(`${what}: AWS does not say it; look at it in Service Quotas`);
  const total = count + used;
  if (total > limit)
    return fault(`${what} must be ${total} or more, got ${limit}${detail(need, used)}; ${remedy(need)}`);
  const share = `${what}: ${total} of ${limit}${detail(need, used)}`;
  return total >= limit * NEARLY_FULL
    ? warning(`${share}; before more is needed: ${remedy(need)}`)
    : ok(share);
}

function detail({ fullest, inUse, count }: QuotaNeed, used: number): string {
  if (fullest !== undefined) return ` (${fullest})`;
  return inUse === undefined ? '' : ` (${used} there, ${count} to come)`;
}

const remedy = ({ quota, region }: QuotaNeed) => `ask for more: ${askForMore(region, quota, '<number>')}`;
