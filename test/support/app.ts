import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { Testing, type App } from 'cdktf';
import { PROJECT_FOLDER } from '../../src/config/load';

/**
 * `Testing.app` makes a folder for each app in the system's, and leaves it there: thousands in a run. Tests synthesize in
 * memory and write nothing into it, so that all apps, also of runs at the same time, can have one folder that stays.
 */
const FOLDER = join(PROJECT_FOLDER, '.work/test-apps');
// with what cdktf would make in it, which fails where two apps look for it at once
mkdirSync(join(FOLDER, 'stacks'), { recursive: true });

/** An app of cdktf for tests that read what comes of it by `Testing.synth` or as an object. */
export const testApp = (): App => Testing.app({ enableFutureFlags: false, outdir: FOLDER });
