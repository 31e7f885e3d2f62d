import { RefusedError } from '../errors';
import { stackId, stateBackend, type StackPlace } from '../stacks/base-stack';
import { makeCommand } from './command-text';
import type { PreparedRun } from './prepare-run';
import { isApplied, stateLocation, type StateStore } from './state-store';

/**
 * What belongs to a whole environment keeps its state in its first standby region, or, while there is none, in the
 * primary. When the first standby comes, the state is still where it was, and a plan would make everything again: a
 * second zone under the same name, which nobody has delegated to.
 *
 * @throws RefusedError with the command that copies the state
 */
export async function refuseMisplacedStates(
  { stacks, target }: Pick<PreparedRun, 'stacks' | 'target'>,
  states: StateStore,
): Promise<void> {
  const regions = [...new Set(stacks.map(({ place }) => place.region))];
  const lines = await Promise.all(
    stacks
      .filter(({ place }) => place.global)
      .map(async ({ place }) => {
        if (isApplied(await states.read(stateLocation(place)))) return [];
        const elsewhere = regions
          .filter((region) => region !== place.region)
          .map((region): StackPlace => ({ ...place, region }));
        const found = await Promise.all(
          elsewhere.map(async (other) => (isApplied(await states.read(stateLocation(other))) ? [other] : [])),
        );
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
