import { z } from 'zod';
import type { Problem } from '../settings/capability-rules';
import { count } from '../settings/fields';
import type { ServiceSettings } from './service-settings';
import { TRACING_VARIABLES } from './trace-collector';

/** A task of 512 MiB, the smallest, can spare 128. */
const MOST_SHARE = 4;

/** Where time goes in requests, over all services that they pass through. */
export const tracingSettings = z.strictObject({
  /**
   * Percent of the requests that are traced, 0.01 to 100; one that comes with a decision keeps it, so that no trace has
   * holes. X-Ray takes $5 for a million traces, and nothing for the first 100,000 of a month. @default 5, as in X-Ray's own rule
   */
  samplePercent: z.number().min(0.01).max(100).default(5),
  /**
   * Memory of the collector in MiB, at least 128 and at most a quarter of the task's, of which it is taken; it drops traces
   * before it has used it up. CPU it shares with the program. @default 128
   */
  memoryMiB: count(128, 4096).default(128),
});

export type TracingSettings = z.output<typeof tracingSettings>;

/** What the collector beside a program asks of its service. */
export function tracingProblems(settings: ServiceSettings): Problem[] {
  const { tracing, memoryMiB, runs, environment, secrets } = settings;
  if (!tracing) return [];
  const problems: Problem[] = [];
  if (runs !== undefined) {
    problems.push({
      path: ['tracing'],
      rule: 'not come with runs: a collector that is killed would count as a run that failed',
      remedy: 'take it out',
    });
  }
  if (tracing.memoryMiB * MOST_SHARE > memoryMiB) {
    problems.push({
      path: ['tracing', 'memoryMiB'],
      rule: `be at most ${memoryMiB / MOST_SHARE}, a quarter of memoryMiB`,
      remedy: 'lower it, or give the task more memory',
    });
  }
  for (const variable of TRACING_VARIABLES) {
    const from = Object.hasOwn(environment, variable) ? 'environment' : 'secrets';
    if (from === 'secrets' && !secrets.includes(variable)) continue;
    problems.push({
      path: [from],
      rule: `not set ${variable}, which tracing sets`,
      remedy: 'take it out',
    });
  }
  return problems;
}
