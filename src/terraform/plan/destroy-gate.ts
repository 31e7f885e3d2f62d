import type { PlanSummary } from './plan-summary';

/**
 * Stateful resources that plans would take away although nobody has named them, one line each, and a last line
 * with all of them where there are several.
 *
 * @param allowed addresses, or `<stack id>/<address>` where the same address is in several stacks
 * @param rerun the command that names them, ending where the addresses go
 */
export function refusedLosses(
  plans: readonly { readonly id: string; readonly summary: PlanSummary }[],
  allowed: readonly string[],
  rerun: string,
): readonly string[] {
  const refused = plans.flatMap(({ id, summary }) =>
    summary.losses
      .filter(({ stateful, address }) => stateful && !isNamed(allowed, id, address))
      .map(({ how, address }) => ({ id, how, address })),
  );
  const named = (addresses: readonly string[]) => `${rerun}'${[...new Set(addresses)].join(',')}'`;
  const lines = refused.map(
    ({ id, how, address }) =>
      `${id}: ${address} must not be ${how === 'destroy' ? 'destroyed' : 'replaced'}, as its data goes with it, got a plan that does; change the settings back, or name it${refused.length === 1 ? `: ${named([address])}` : ''}`,
  );
  // whoever has named some already names them again
  const all = named([...allowed, ...refused.map(({ address }) => address)]);
  return refused.length > 1 ? [...lines, `to let all of these go: ${all}`] : lines;
}

/** What ALLOW_DESTROY names, with commas or spaces between. An address may hold a space itself: `… (deposed 1a2b)`. */
export const addressesIn = (said: readonly string[] = []): readonly string[] =>
  said.flatMap((one) => one.split(/\s*,\s*|\s+(?=[^\s(]*\.)/)).filter((one) => one !== '');

const isNamed = (allowed: readonly string[], id: string, address: string) =>
  allowed.includes(address) || allowed.includes(`${id}/${address}`);
