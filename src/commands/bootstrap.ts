import { RefusedError } from '../errors';
import { checkBinary, terraformBinary } from '../terraform/binary/binary';
import { BootstrapDriver, type BootstrapEnd } from '../terraform/stacks/bootstrap-driver';
import { makeCommand } from '../terraform/output/command-text';
import { Interruption } from '../terraform/binary/interruption';
import { countsText } from '../terraform/plan/plan-summary';
import { checkAccounts, checkProviderLock } from '../terraform/stacks/prepare-run';
import { Progress } from '../terraform/output/progress';
import { Terraform } from '../terraform/binary/run-terraform';
import { withScopeLock } from '../terraform/state/scope-lock';
import { NOT_STARTED, StackDriver } from '../terraform/stacks/stack-driver';
import { stateLocation } from '../terraform/state/state-store';
import { surroundings, type Surroundings } from '../terraform/stacks/surroundings';
import { WorkFolder } from '../terraform/binary/work-folder';
import { failedEnd, noticeOf, throwUnlessDone } from './run-end';

export interface BootstrapOptions {
  /** An environment's name, `shared` or `account-<id>`. */
  readonly scope: string;
  readonly example?: string | undefined;
}

/** Makes the state bucket and its key in each region of a scope, one region after the other. */
export async function runBootstrap(
  options: BootstrapOptions,
  outside: Surroundings = surroundings(),
): Promise<void> {
  const work = new WorkFolder(outside.workFolder);
  await withScopeLock(work, options.scope, 'bootstrap', () => bootstrapLocked(options, work, outside));
}

async function bootstrapLocked(
  { scope, example }: BootstrapOptions,
  work: WorkFolder,
  outside: Surroundings,
): Promise<void> {
  const target = { scope, example };
  const { env, reporter, states } = outside;
  const { stacks, warnings } = await outside.synthesizeBootstrap({
    example,
    scope,
    out: work.bootstrap(scope),
  });
  for (const warning of warnings) reporter.warn(warning);
  for (const { id } of stacks) work.workspace(id).removeLeftovers();
  const binary = terraformBinary(env);
  await checkBinary(binary, env);
  const providerLock = await checkProviderLock('bootstrap', stacks, target, outside);
  await checkAccounts(stacks, outside);

  const interruption = new Interruption(noticeOf(reporter));
  const driver = new BootstrapDriver(
    new StackDriver(new Terraform(binary, env, interruption), providerLock),
    states,
    target,
  );
  const progress = new Progress(reporter, stacks);
  const ends = new Map<string, BootstrapEnd>();
  const refused: string[] = [];
  await interruption.during(async () => {
    for (const stack of stacks) {
      ends.set(stack.id, NOT_STARTED);
      if (interruption.interrupted) continue;
      progress.start(stack.id);
      // a region that is lost must not keep the others from getting their buckets
      const end = await driver.run(stack, work.workspace(stack.id)).catch((error: unknown): BootstrapEnd => {
        if (!(error instanceof RefusedError)) return failedEnd(error);
        refused.push(error.message);
        return { kind: 'failed', reasons: [] };
      });
      progress.end(
        stack.id,
        textOf(end, stateLocation(stack.place).bucket),
        'reasons' in end ? end.reasons : [],
      );
      ends.set(stack.id, end);
    }
  });
  if (refused.length > 0) throw new RefusedError(refused.join('\n'));
  throwUnlessDone('bootstrap', ends, makeCommand('bootstrap', target));
}

function textOf(end: BootstrapEnd, bucket: string): string {
  switch (end.kind) {
    case 'applied':
      return `${bucket}: ${countsText(end.summary, 'done')}`;
    case 'unchanged':
      return `${bucket}: no changes`;
    case 'failed':
    case 'interrupted':
      return end.kind;
  }
}
