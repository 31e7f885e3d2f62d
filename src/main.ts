import { report } from './report-error';
import { synthesize } from './synth';

/** What `cdktf synth` runs; `make synth` does the same through the command line. */
synthesize({ out: process.env['CDKTF_OUTDIR'] ?? 'cdktf.out' }).catch(report);
