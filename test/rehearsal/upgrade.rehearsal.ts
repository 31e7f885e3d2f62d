import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { planUpgrade, type StackUpgrade } from './plan-upgrade';
import { readRelease, RELEASED_ENVIRONMENT, restoreRelease, synthesizeReleased } from './release';
import { StandIn } from './stand-in';

const WORKLOAD = `${RELEASED_ENVIRONMENT}-us-east-1-workload`;
let folder: string;

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'upgrade-'));
  synthesizeReleased(folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function upgrade(): Promise<StackUpgrade[]> {
  const standIn = await StandIn.start();
  try {
    restoreRelease(readRelease(), standIn);
    return await planUpgrade(folder, standIn);
  } finally {
    await standIn.stop();
  }
}

/** What holds data and goes, by stack. */
const losses = (upgrades: readonly StackUpgrade[]) =>
  upgrades.flatMap(({ id, summary }) =>
    summary.losses
      .filter(({ stateful }) => stateful)
      .map(({ address, how }) => ({ stack: id, address, how })),
  );

describe("today's plan over the states of the last release", () => {
  it('destroys and replaces nothing that holds data', async () => {
    const upgrades = await upgrade();
    expect(upgrades.flatMap(({ misfits }) => misfits)).toEqual([]);
    expect(losses(upgrades)).toEqual([]);
    // the fixture holds what it is about: databases, caches, buckets and keys in both regions
    expect(upgrades.reduce((sum, { kept }) => sum + kept, 0)).toBeGreaterThan(20);
  }, 120_000);

  it('loses a bucket whose construct is renamed', async () => {
    const file = join(folder, 'stacks', WORKLOAD, 'cdk.tf.json');
    const text = readFileSync(file, 'utf8');
    const renamed = text
      .replaceAll('aws_s3_bucket.buckets_media.', 'aws_s3_bucket.buckets_media-renamed.')
      .replace(/("aws_s3_bucket": \{\s*)"buckets_media"/, '$1"buckets_media-renamed"');
    expect(renamed).not.toBe(text);
    writeFileSync(file, renamed);
    try {
      expect(losses(await upgrade())).toEqual([
        { stack: WORKLOAD, address: 'aws_s3_bucket.buckets_media', how: 'destroy' },
      ]);
    } finally {
      writeFileSync(file, text);
    }
  }, 120_000);
});
