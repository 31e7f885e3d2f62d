import { RefusedError } from '../../errors';
import type { SynthesizedStack } from '../../synth';
import type { PreparedRun } from '../stacks/prepare-run';
import { entryOf } from '../stacks/setting-of';
import { parseConfig, readConfigText } from '../stacks/stack-config';
import { stateLocation, type StateStore } from '../state/state-store';

/** What spans regions, and is made by the primary alone. */
const SPANNING = 'aws_rds_global_cluster';

/**
 * A global database is in the state of the region that was the primary when it was made. With the roles of two
 * regions swapped, one plan would destroy it and another make it again.
 *
 * @throws RefusedError with the setting that does what was meant
 */
export async function refuseSwappedRoles(
  { stacks, scopeStacks }: Pick<PreparedRun, 'stacks' | 'scopeStacks'>,
  states: StateStore,
): Promise<void> {
  const lines = await Promise.all(
    stacks.map(async (stack) => {
      const declared = spanningIn(stack);
      if (declared.length === 0) return [];
      const others = scopeStacks.filter(
        ({ id, place }) => id !== stack.id && place.layer === stack.place.layer,
      );
      const held = await Promise.all(
        others.map(async ({ place }) => {
          const managed = (await states.read(stateLocation(place)))?.managed ?? new Set<string>();
          return declared.filter((address) => managed.has(address)).map((address) => ({ address, place }));
        }),
      );
      return held
        .flat()
        .map(
          ({ address, place }) =>
            `${stack.id}: ${address} must stay in ${place.region}, where it is, got it in ${stack.place.region}; give the two regions their roles back, and let primaryRegion of ${entryOf(address) ?? 'the database'} say which one writes`,
        );
    }),
  );
  if (lines.flat().length > 0) throw new RefusedError(lines.flat().join('\n'));
}

const spanningIn = ({ folder }: SynthesizedStack): readonly string[] =>
  Object.keys(parseConfig(readConfigText(folder)).resource?.[SPANNING] ?? {}).map(
    (name) => `${SPANNING}.${name}`,
  );
