import type { PlanSummary } from './plan-summary';

/**
 * Stateful resources that plans would take away although nobody has named them, one line each.
 *
 * @param allowed addresses, or `<stack id>/<address>` where the same address is in several stacks
 * @param rerun the command that names one, ending where the address goes
 */
export function refusedLosses(
  plans: readonly { readonly id: string; readonly summary: PlanSummary }[],
  allowed: readonly string[],
  rerun: string,
): readonly string[] {
  return plans.flatMap(({ id, summary }) =>
    summary.losses
      .filter(({ stateful, address }) => stateful && !isNamed(allowed, id, address))
      .map(
        ({ how, address }) =>
          `${id}: ${address} must not be ${how === 'destroy' ? 'destroyed' : 'replaced'}, as its data goes with it, got a plan that does; change the settings back, or name it: ${rerun}'${address}'`,
      ),
  );
}

const isNamed = (allowed: readonly string[], id: string, address: string) =>
  allowed.includes(address) || allowed.includes(`${id}/${address}`);
