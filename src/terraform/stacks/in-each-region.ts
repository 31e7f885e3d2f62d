import { CommandError, RunError } from '../../errors';
import type { Reporter } from '../output/reporter';

/**
 * Does something in one region after the other. A region that is lost must not keep the others from getting
 * what they need, so its failure is said at the end.
 *
 * @param run returns what to say of the region
 * @throws RunError with all that failed
 */
export async function inEachRegion(
  regions: readonly string[],
  reporter: Reporter,
  run: (region: string) => Promise<string>,
): Promise<void> {
  const failures: string[] = [];
  for (const region of regions) {
    try {
      reporter.line(`${region}  ${await run(region)}`);
    } catch (error) {
      if (!(error instanceof CommandError)) throw error;
      failures.push(error.message);
    }
  }
  if (failures.length > 0) throw new RunError(failures.join('\n'));
}
