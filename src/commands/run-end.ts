import { CommandError, RunError } from '../errors';
import type { Reporter } from '../terraform/output/reporter';

/** What one stack fails with must not keep the others from going on. */
export function failedEnd(error: unknown): { readonly kind: 'failed'; readonly reasons: readonly string[] } {
  if (error instanceof CommandError) return { kind: 'failed', reasons: error.message.split('\n') };
  throw error;
}

export const noticeOf = (reporter: Reporter) => (signal: NodeJS.Signals) =>
  reporter.line(`${signal} received: passed on to Terraform, waiting for it to end`);

/**
 * @param again the command that goes on from here
 * @throws RunError if a stack has failed or was not planned, or the run was interrupted
 */
export function throwUnlessDone(
  command: string,
  ends: ReadonlyMap<string, { readonly kind: string }>,
  again: string,
): void {
  const those = (kind: string) => [...ends].filter(([, end]) => end.kind === kind).map(([id]) => id);
  const lines = [
    ...those('failed').map((id) => `${command} failed for ${id}, see above`),
    ...those('not planned').map(
      (id) => `${id} must be planned before it is applied, got no saved plan; run ${again}`,
    ),
    ...(those('interrupted').length > 0
      ? [`${command} was interrupted before ${those('interrupted').join(', ')} had ended; run ${again}`]
      : []),
  ];
  if (lines.length > 0) throw new RunError(lines.join('\n'));
}

/** What waits is no failure, but not the end either. */
export function reportWaiting(
  reporter: Reporter,
  ends: ReadonlyMap<string, { readonly kind: string }>,
): void {
  const count = [...ends.values()].filter(({ kind }) => kind === 'waiting').length;
  if (count === 0) return;
  reporter.line(
    `${count} ${count === 1 ? 'stack waits' : 'stacks wait'}: plan and apply again until none waits`,
  );
}
