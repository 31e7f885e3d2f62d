import type { SynthesizedStack } from '../../synth';
import { stackId } from '../../stacks/base-stack';
import type { StateRead } from './stack-config';
import { stateLocation, type StateLocation } from '../state/state-store';

/** What has to stand before a stack can be planned. */
export interface Upstream {
  readonly id: string;
  readonly location: StateLocation;
  /** The outputs that the stack reads; none where only the order matters. */
  readonly outputs: readonly string[];
}

type Node = Pick<SynthesizedStack, 'id' | 'dependencies'>;

/** What REGION says for the stacks that belong to a whole scope, as their ids and states do. */
export const WHOLE_SCOPE = 'global';

/**
 * The stacks that stand in a region. What belongs to a whole scope is left out: it may touch other regions, and one
 * region must be plannable while another is lost. `global` selects that, and nothing else.
 */
export function inRegion<T extends Pick<SynthesizedStack, 'place'>>(
  stacks: readonly T[],
  region: string | undefined,
): readonly T[] {
  return region === undefined
    ? stacks
    : stacks.filter(({ place }) => (place.global ? WHOLE_SCOPE : place.region) === region);
}

/**
 * Upstream first, otherwise as they come. Dependencies on stacks that are not among them do not count.
 *
 * @throws if stacks wait for each other
 */
export function inOrder<T extends Node>(stacks: readonly T[]): readonly T[] {
  const byId = new Map(stacks.map((stack) => [stack.id, stack]));
  const ordered = new Set<T>();
  const visit = (stack: T, path: readonly string[]): void => {
    if (ordered.has(stack)) return;
    const from = [...path, stack.id];
    if (path.includes(stack.id))
      throw new Error(`stacks must not wait for each other, got ${from.join(' -> ')}`);
    for (const id of stack.dependencies) {
      const upstream = byId.get(id);
      if (upstream) visit(upstream, from);
    }
    ordered.add(stack);
  };
  for (const stack of stacks) visit(stack, []);
  return [...ordered];
}

/**
 * What a stack reads, wherever it is, and what it comes after, if that is among the selected: an order that
 * matters once, on the first apply, must not tie a region to another.
 */
export function upstreamsOf(
  stack: SynthesizedStack,
  selected: readonly SynthesizedStack[],
  reads: readonly StateRead[],
): readonly Upstream[] {
  const read = reads.map(({ location, outputs }) => ({ id: idOf(location), location, outputs }));
  const after = selected
    .filter(({ id }) => stack.dependencies.includes(id) && !read.some((one) => one.id === id))
    .map(({ id, place }) => ({ id, location: stateLocation(place), outputs: [] }));
  return [...read, ...after];
}

/** State keys are `<scope>/<region|global>/<layer>.tfstate`, stack ids the same parts with dashes. */
function idOf({ key, region }: StateLocation): string {
  const [scope = '', where = '', layer = ''] = key.replace(/\.tfstate$/, '').split('/');
  return stackId({
    scope,
    layer,
    account: '',
    region: where === 'global' ? region : where,
    global: where === 'global',
  });
}

/** What comes before a stack, directly or not. */
export function allUpstreamOf(id: string, stacks: readonly Node[]): ReadonlySet<string> {
  const byId = new Map(stacks.map((stack) => [stack.id, stack]));
  const found = new Set<string>();
  const visit = (one: string): void => {
    for (const upstream of byId.get(one)?.dependencies ?? []) {
      if (found.has(upstream)) continue;
      found.add(upstream);
      visit(upstream);
    }
  };
  visit(id);
  return found;
}
