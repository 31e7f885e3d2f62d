import type { PlanEffects } from '../plan/plan-effects';
import type { Upstream } from './stack-graph';
import { isApplied, type StateSummary } from '../state/state-store';

/** A stack whose turn has not come, and why. */
export interface Waiting {
  readonly for: string;
  /** An output of the upstream stack that it reads, and that is not what it will be. */
  readonly output?: string;
  /** @default the output is not there yet */
  readonly will?: 'change';
  /** What it takes away and the downstream stack still uses: that stack has to be applied first. */
  readonly removal?: string;
  /** What it leaves to that stack, which has to take it over first. */
  readonly takeover?: string;
}

/** How the planning of a stack has ended, as far as those downstream of it need to know. */
export interface UpstreamEnd {
  readonly kind: string;
  /** Nothing unless it was planned. */
  readonly effects?: PlanEffects;
  /** Stacks that still use what it takes away, so that nothing of this plan will happen before they are applied. */
  readonly users?: readonly Waiting[];
}

/** What a stack waits for, given the states of what is upstream of it, and how planning that has ended. */
export function waitsFor(
  stack: string,
  upstreams: readonly Upstream[],
  states: ReadonlyMap<string, StateSummary | undefined>,
  ends: ReadonlyMap<string, UpstreamEnd> = new Map(),
): readonly Waiting[] {
  return upstreams.flatMap(({ id, outputs }): Waiting[] => {
    const state = states.get(id);
    if (!isApplied(state)) return [{ for: id }];
    const missing = outputs.find((output) => !state?.outputs.has(output));
    if (missing !== undefined) return [{ for: id, output: missing }];
    const end = ends.get(id);
    // whoever reads nothing only comes after it, once
    if (!end || outputs.length === 0 || end.kind === 'unchanged') return [];
    if (end.kind !== 'planned') return [{ for: id }];
    if (end.users?.some((user) => user.for === stack)) return [];
    return outputThatChanges(id, outputs, end);
  });
}

function outputThatChanges(id: string, outputs: readonly string[], { effects }: UpstreamEnd): Waiting[] {
  const output = outputs.find((one) => effects?.outputs.has(one));
  return output === undefined ? [] : [{ for: id, output, will: 'change' }];
}

/** A stack as planning left it, with what is needed to settle who goes first. */
export interface Settling extends UpstreamEnd {
  readonly waiting?: readonly Waiting[];
  /** The outputs that it reads, by the id of the stack that has them. */
  readonly reads: ReadonlyMap<string, readonly string[]>;
}

export interface Settled {
  /** Stacks that have to wait although they were planned, or had nothing to change. */
  readonly waiting: ReadonlyMap<string, readonly Waiting[]>;
  /** Pairs that wait for each other, one line each. */
  readonly stuck: readonly string[];
}

/** What only waits for those who come after it: they stay as they were planned. */
export const waitsForUsers = (waiting: readonly Waiting[]): boolean =>
  waiting.every(({ removal, takeover }) => removal !== undefined || takeover !== undefined);

/**
 * Decides who goes first, after all stacks were planned. One that takes away what a downstream stack still uses
 * waits, until that has been applied without it: until planning that changes nothing.
 */
export function settle(ends: ReadonlyMap<string, Settling>): Settled {
  const waiting = new Map<string, readonly Waiting[]>();
  const stuck: string[] = [];
  for (const [id, { users = [] }] of ends) {
    const first = users.filter((user) => ends.get(user.for)?.kind !== 'unchanged');
    if (first.length > 0) waiting.set(id, first);
    for (const user of first) {
      const back = ends.get(user.for)?.waiting?.find((one) => one.for === id);
      if (back) stuck.push(stuckText(id, user, back));
    }
  }
  // who was planned against what now goes ahead after all has to see it first
  for (const [id, { kind, reads }] of ends) {
    if (kind !== 'unchanged') continue;
    const changing = [...reads].flatMap(([upstream, outputs]) => {
      const end = ends.get(upstream);
      const isFreed = end?.kind === 'planned' && !waiting.has(upstream) && (end.users ?? []).length > 0;
      return isFreed ? outputThatChanges(upstream, outputs, end) : [];
    });
    if (changing.length > 0) waiting.set(id, changing);
  }
  return { waiting, stuck };
}

const stuckText = (id: string, user: Waiting, back: Waiting) =>
  `${id} must keep ${user.removal ?? user.takeover} until ${user.for} ${user.takeover === undefined ? 'is applied without it' : 'has taken it over'}, got a change in which ${user.for} also needs ${back.output === undefined ? id : `the output ${back.output}`} first; add what is new in one change, and take away what is old in the next`;

export const waitingText = (waiting: readonly Waiting[]) => `waiting for ${waiting.map(oneText).join(', ')}`;

function oneText({ for: id, output, will, removal, takeover }: Waiting): string {
  if (takeover !== undefined) return `${id} (to take over ${takeover})`;
  if (removal !== undefined) return `${id} (to be applied without ${removal})`;
  if (output === undefined) return id;
  return `${id} (its output ${output}${will === 'change' ? ' will change' : ''})`;
}
