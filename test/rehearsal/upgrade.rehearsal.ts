import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { synthesize } from '../../src/synth';
import { planUpgrade, readRelease, RELEASED_ENVIRONMENT, type Upgrade } from './release';
import { StandIn } from './stand-in';

const WORKLOAD = `${RELEASED_ENVIRONMENT}-us-east-1-workload`;
let folder: string;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'upgrade-'));
  await synthesize({ environments: [RELEASED_ENVIRONMENT], out: folder });
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

async function upgrade(): Promise<Upgrade> {
  const standIn = await StandIn.start();
  try {
    return await planUpgrade(folder, readRelease(), standIn);
  } finally {
    await standIn.stop();
  }
}

describe("today's plan over the states of the last release", () => {
  it('destroys and replaces nothing that holds data', async () => {
    const { losses, kept } = await upgrade();
    expect(losses).toEqual([]);
    // the fixture holds what it is about: databases, caches, buckets and keys in both regions
    expect(kept).toBeGreaterThan(20);
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
      const { losses } = await upgrade();
      expect(losses).toEqual([
        { stack: WORKLOAD, address: 'aws_s3_bucket.buckets_media', actions: ['delete'] },
      ]);
    } finally {
      writeFileSync(file, text);
    }
  }, 120_000);
});
