import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { rehearse } from './rehearsal';
import { RELEASE_FILE, RELEASED_ENVIRONMENT, synthesizeReleased, writeRelease } from './release';
import { StandIn } from './stand-in';

/** What `npm run record-release` runs with each release: what upgrades are held against from then on. */
async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'release-'));
  const standIn = await StandIn.start();
  try {
    synthesizeReleased(folder);
    const { failures, outcomes } = await rehearse(folder, standIn);
    if (failures > 0) throw new Error(outcomes.map(({ details }) => details ?? '').join('\n'));
    writeRelease(standIn.states());
    console.log(`${outcomes.length} states of ${RELEASED_ENVIRONMENT} in ${RELEASE_FILE}`);
  } finally {
    await standIn.stop();
    rmSync(folder, { recursive: true });
  }
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : String(error));
  process.exitCode = 1;
});
