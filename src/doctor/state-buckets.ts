import { missingBucketText, stateBuckets } from '../terraform/stacks/prepare-run';
import type { Target } from '../terraform/output/command-text';
import type { StateStore } from '../terraform/state/state-store';
import { fault, ok, unlessUnanswered, type Finding } from './finding';
import type { HeldStack } from './held-stack';

/** One that cannot be looked into is a fault: a plan could not either. */
export async function bucketFindings(
  stacks: readonly HeldStack[],
  states: StateStore,
  target: Target,
): Promise<readonly Finding[]> {
  const found = stateBuckets(stacks).map((location) =>
    unlessUnanswered(
      async () => [
        (await states.hasBucket(location))
          ? ok(`state bucket ${location.bucket} in ${location.region}`)
          : fault(missingBucketText(location, target)),
      ],
      fault,
    ),
  );
  return (await Promise.all(found)).flat();
}
