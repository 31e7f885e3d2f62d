import { rmSync } from 'node:fs';
import { App } from 'cdktf';
import type { Environment, Estate } from '../../src/config/estate';
import { silenceStackTraces } from '../../src/stacks/silence-stack-traces';
import { buildEstate, type Selection } from '../../src/topology';

/** The same estate on its way out: nothing is production, nothing refuses to be deleted. */
export function unprotected({ environments, shared }: Estate): Estate {
  const released = ({ name, settings }: Environment): Environment => ({
    name,
    production: false,
    settings: { ...settings, protection: false },
  });
  return { environments: environments.map(released), shared: shared && { ...shared, protection: false } };
}

/** Writes the stacks of an estate that no file describes. */
export function synthesizeEstate(estate: Estate, selection: Selection, out: string): void {
  rmSync(out, { recursive: true, force: true });
  const restore = silenceStackTraces();
  try {
    const app = new App({ outdir: out, context: { targetVersions: { terraform: '>=1.11.0' } } });
    buildEstate(app, estate, selection);
    app.synth();
  } finally {
    restore();
  }
}
