import { RunError } from '../../src/errors';
import { countsText, lossLines } from '../../src/terraform/plan/plan-summary';
import { planUpgrade, type StackUpgrade } from './plan-upgrade';
import { rehearse } from './rehearsal';
import type { ProviderSchema } from './schema/provider-schema';
import { StandIn } from './stand-in';

/** The provider that has made what stands, and the one that is to go on with it. */
export interface UpgradedProvider {
  /** @default the schema of the installed bindings */
  readonly from?: ProviderSchema;
  readonly to: ProviderSchema;
}

/**
 * Makes all stacks with one provider, then plans them with another one over the states that the first has left.
 *
 * @param folders synthesized stacks, those that others depend on in a folder before theirs
 * @throws RunError if the stacks cannot be made with the first provider
 */
export async function rehearseUpgrade(
  folders: readonly string[],
  { from, to }: UpgradedProvider,
): Promise<StackUpgrade[]> {
  const before = await StandIn.start({ ...(from && { schema: from }) });
  try {
    for (const folder of folders) {
      const { outcomes, failures } = await rehearse(folder, before);
      const failed = outcomes.find(({ status }) => status === 'failed');
      if (failures > 0) throw new RunError(`${failed?.id ?? folder}: ${failed?.details ?? 'not applied'}`);
    }
  } finally {
    await before.stop();
  }
  const after = await StandIn.start({ schema: to, cloud: before.cloud });
  try {
    const upgrades: StackUpgrade[] = [];
    for (const folder of folders) upgrades.push(...(await planUpgrade(folder, after)));
    return upgrades;
  } finally {
    await after.stop();
  }
}

/** Whether a person has to do something before this provider may run: something stateful goes, or arguments do not fit. */
export const isRefused = (upgrades: readonly StackUpgrade[]): boolean =>
  upgrades.some(({ misfits, summary }) => misfits.length > 0 || summary.losses.some((one) => one.stateful));

/** What does not fit, then what goes, stateful first, then what changes in place, and a line of counts. No values. */
export function upgradeLines(upgrades: readonly StackUpgrade[]): string[] {
  const misfits = upgrades.flatMap(({ id, misfits: found }) =>
    found.map(({ where, message }) => `  does not fit: ${where} in ${id}: ${message}`),
  );
  const updates = upgrades.flatMap(({ id, updates: found }) =>
    found.map(({ address, attributes }) => `  change ${address} in ${id}: ${attributes.join(', ')}`),
  );
  const planned = upgrades.filter(({ misfits: found }) => found.length === 0);
  const total = { add: 0, change: 0, replace: 0, destroy: 0, losses: [] };
  for (const { summary } of planned)
    for (const count of ['add', 'change', 'replace', 'destroy'] as const) total[count] += summary[count];
  return [
    ...misfits,
    ...lossLines(upgrades),
    ...updates,
    `${planned.length} of ${upgrades.length} stacks planned: ${countsText(total)}`,
  ];
}
