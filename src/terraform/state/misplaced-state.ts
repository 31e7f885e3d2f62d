import { REGION_NAMES, regionFacts } from '../../../modules/network/regions';
import { RefusedError } from '../../errors';
import { stackId, stateBackend, type StackPlace } from '../../stacks/base-stack';
import { makeCommand } from '../output/command-text';
import type { PreparedRun } from '../stacks/prepare-run';
import { isApplied, stateLocation, type StateStore } from './state-store';

/**
 * What belongs to a whole environment keeps its state in the region that takes over, or, while there is none, in the
 * primary. When another region takes over, or the one that did is taken out, the state is still where it was, and
 * a plan would make everything again: a second zone under the same name, which nobody has delegated to.
 *
 * @throws RefusedError with the command that copies the state
 */
export async function refuseMisplacedStates(
  { stacks, target }: Pick<PreparedRun, 'stacks' | 'target'>,
  states: StateStore,
): Promise<void> {
  const regions = new Set<string>(stacks.map(({ place }) => place.region));
  const gone = REGION_NAMES.filter((region) => !regions.has(region) && !regionFacts(region).optIn);
  const lines = await Promise.all(
    stacks
      .filter(({ place }) => place.global)
      .map(async ({ place }) => {
        if (isApplied(await states.read(stateLocation(place)))) return [];
        const isIn = async (region: string) =>
          isApplied(await states.read(stateLocation({ ...place, region })));
        const found = await Promise.all([
          ...[...regions]
            .filter((region) => region !== place.region)
            .map(async (region) => ((await isIn(region)) ? [{ ...place, region }] : [])),
          // of a region that is in no file any more; an account may be kept from asking there at all
          ...gone.map(async (region) =>
            (await isIn(region).catch(() => false)) ? [{ ...place, region }] : [],
          ),
        ]);
        return found.flat().map((other) => text(place, other, makeCommand('plan', target)));
      }),
  );
  if (lines.flat().length > 0) throw new RefusedError(lines.flat().join('\n'));
}

function text(place: StackPlace, found: StackPlace, again: string): string {
  const from = stateBackend(found);
  const to = stateBackend(place);
  return `${stackId(place)}: its state must be in ${to.bucket}, as ${to.region} is now the region of what the environment has once, got it in ${from.bucket}; copy it: aws s3 cp s3://${from.bucket}/${from.key} s3://${to.bucket}/${to.key} --source-region ${from.region} --region ${to.region} --sse aws:kms --sse-kms-key-id ${to.kmsKeyId}; then run ${again}`;
}
