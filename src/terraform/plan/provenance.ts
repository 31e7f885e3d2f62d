import type { Revision } from './revision';
import { revisionText } from './revision';
import type { StateRead } from '../stacks/stack-config';
import type { StateLocation, StateSummary } from '../state/state-store';

/** Which version of a state; nothing if there is none. */
export type StateStamp = Pick<StateSummary, 'lineage' | 'serial'> | undefined;

/** A state of another stack as it was when it was read. */
export interface ReadStamp {
  readonly id: string;
  readonly location: StateLocation;
  readonly state: StateStamp;
  /** The outputs that are read, by name, as digests: what they hold is not kept. */
  readonly outputs: Readonly<Record<string, string>>;
}

/** What a plan was made from besides the configuration. If any of it moves, the plan is of another world. */
export interface Provenance {
  /** When it was made, in ISO 8601. */
  readonly at: string;
  readonly revision: Revision | undefined;
  readonly account: string;
  /** Name and version of the binary. */
  readonly terraform: string;
  readonly own: StateStamp;
  readonly reads: readonly ReadStamp[];
}

/** Plans hold secrets in clear, and the world moves on: after a day they are removed. */
export const PLAN_LIFE_HOURS = 24;

export const isExpired = ({ at }: Pick<Provenance, 'at'>, now: Date) =>
  now.getTime() - Date.parse(at) > PLAN_LIFE_HOURS * 3_600_000;

export const stampOf = (state: StateSummary | undefined): StateStamp =>
  state && { lineage: state.lineage, serial: state.serial };

export const readStamp = (
  id: string,
  { location, outputs }: StateRead,
  state: StateSummary | undefined,
): ReadStamp => ({
  id,
  location,
  state: stampOf(state),
  outputs: Object.fromEntries(outputs.map((name) => [name, state?.outputs.get(name) ?? ''])),
});

/** What of the run itself has moved, which is the same for every stack. */
export function movedRun(
  planned: Provenance,
  now: Pick<Provenance, 'revision' | 'terraform' | 'account'>,
): readonly string[] {
  const pairs = [
    ['the commit', revisionText(planned.revision), revisionText(now.revision)],
    ['Terraform', planned.terraform, now.terraform],
    ['the account', planned.account, now.account],
  ] as const;
  return pairs.flatMap(([what, then, is]) => (then === is ? [] : [movedText(what, then, is)]));
}

export function movedOwnState(planned: Provenance, state: StateSummary | undefined): readonly string[] {
  const now = stampOf(state);
  return isSame(planned.own, now) ? [] : [movedText('its state', ...stampTexts(planned.own, now))];
}

/**
 * @param applied the states that our own applies have left, by stack: there the outputs that are read must be the
 *   same, while everything else may have moved
 */
export function movedReads(
  planned: Provenance,
  states: ReadonlyMap<string, StateSummary | undefined>,
  applied: ReadonlyMap<string, StateStamp>,
): readonly string[] {
  return planned.reads.flatMap((read) => {
    const state = states.get(read.id);
    const now = stampOf(state);
    if (isSame(read.state, now)) return [];
    const isOurs = applied.has(read.id) && isSame(applied.get(read.id), now);
    if (!isOurs) return [movedText(`the state of ${read.id}`, ...stampTexts(read.state, now))];
    return Object.entries(read.outputs)
      .filter(([name, digest]) => state?.outputs.get(name) !== digest)
      .map(([name]) => movedText(`output ${name} of ${read.id}`, 'one value', 'another one'));
  });
}

const isSame = (one: StateStamp, other: StateStamp) =>
  one?.lineage === other?.lineage && one?.serial === other?.serial;

function stampTexts(then: StateStamp, now: StateStamp): [string, string] {
  const text = (stamp: StateStamp) => (stamp ? `serial ${stamp.serial}` : 'no state');
  const isOther = then && now && then.lineage !== now.lineage;
  return [text(then), isOther ? `another state, ${text(now)}` : text(now)];
}

const movedText = (what: string, then: string, now: string) =>
  `${what} must be as it was planned with, ${then}, got ${now}`;
