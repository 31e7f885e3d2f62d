import { parsePlan, type PlanJson } from './plan-json';
import { isStateful } from './stateful-types';

/** A resource that a plan takes away, for good or to put another one in its place. */
export interface Loss {
  readonly address: string;
  readonly how: 'destroy' | 'replace';
  /** Whether data goes with it. */
  readonly stateful: boolean;
}

/** What a plan does, without a single value. */
export interface PlanSummary {
  readonly add: number;
  readonly change: number;
  readonly replace: number;
  readonly destroy: number;
  /** Stateful ones first, then by address. */
  readonly losses: readonly Loss[];
}

export const summarizePlan = (json: string) => summaryOf(parsePlan(json));

export function summaryOf({ resource_changes: changes = [] }: PlanJson): PlanSummary {
  const counts = { add: 0, change: 0, replace: 0, destroy: 0 };
  const losses: Loss[] = [];
  for (const { address, type, deposed, change } of changes) {
    const kind = kindOf(change.actions);
    if (!kind) continue;
    counts[kind] += 1;
    if (kind === 'destroy' || kind === 'replace') {
      const shown = deposed === undefined ? address : `${address} (deposed ${deposed})`;
      losses.push({ address: shown, how: kind, stateful: isStateful(type) });
    }
  }
  return { ...counts, losses: losses.sort(statefulFirst) };
}

function kindOf(actions: readonly string[]): 'add' | 'change' | 'replace' | 'destroy' | undefined {
  const creates = actions.includes('create');
  const destroys = actions.includes('delete');
  if (creates) return destroys || actions.includes('forget') ? 'replace' : 'add';
  if (destroys) return 'destroy';
  // the rest is nothing at all, reading, or forgetting what then lives on
  return actions.includes('update') ? 'change' : undefined;
}

function statefulFirst(left: Loss, right: Loss): number {
  if (left.stateful !== right.stateful) return left.stateful ? -1 : 1;
  return left.address < right.address ? -1 : 1;
}

/** @param tense whether it is still to come @default it is */
export const countsText = (
  { add, change, replace, destroy }: PlanSummary,
  tense: 'todo' | 'done' = 'todo',
) =>
  tense === 'done'
    ? `${add} added, ${change} changed, ${replace} replaced, ${destroy} destroyed`
    : `${add} to add, ${change} to change, ${replace} to replace, ${destroy} to destroy`;

/** What goes in all plans: stateful resources of every stack before the others. */
export function lossLines(
  plans: readonly { readonly id: string; readonly summary: PlanSummary }[],
): readonly string[] {
  const losses = plans.flatMap(({ id, summary }) => summary.losses.map((loss) => ({ id, loss })));
  const stateful = losses.filter(({ loss }) => loss.stateful);
  const others = losses.filter(({ loss }) => !loss.stateful);
  return [...stateful, ...others].map(
    ({ id, loss }) => `  ${loss.how} ${loss.address} in ${id}${loss.stateful ? ', stateful' : ''}`,
  );
}
