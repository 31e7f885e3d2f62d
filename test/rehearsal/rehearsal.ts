import { cpus } from 'node:os';
import { runInOrder } from './in-order';
import { type ManifestStack, readManifest, selectStacks } from './manifest';
import type { RehearsedStack } from './rehearsed-stack';
import type { StandIn } from './stand-in';
import {
  applyStack,
  destroyStack,
  refuseDestruction,
  releaseStack,
  restoreStack,
  type StackOutcome,
} from './stack-phases';

export { errorsIn, type StackOutcome } from './stack-phases';

export interface RehearsalOptions {
  /** @default all stacks */
  readonly only?: readonly string[];
  /** Destroy everything afterwards, last stack first. @default false */
  readonly destroy?: boolean;
  /**
   * Takes the stacks through the rest of their life after they are applied: what is protected refuses to be
   * destroyed; then, if a folder with the same stacks without protection is given, they are released, destroyed
   * last stack first, and created again.
   */
  readonly lifeCycle?: { readonly unprotected?: string };
  /** Stacks that run side by side. @default the number of cores */
  readonly jobs?: number;
  /** Called as soon as a stack has come to an end. */
  readonly report?: (outcome: StackOutcome) => void;
}

export interface RehearsalResult {
  readonly stacks: ReadonlyMap<string, RehearsedStack>;
  readonly outcomes: readonly StackOutcome[];
  readonly failures: number;
}

/** Takes every stack of a synthesized folder through Terraform, in the order of the manifest. */
export async function rehearse(
  folder: string,
  standIn: StandIn,
  options: RehearsalOptions = {},
): Promise<RehearsalResult> {
  const manifest = selectStacks(readManifest(folder), options.only ?? []);
  const jobs = options.jobs ?? cpus().length;
  const stacks = new Map<string, RehearsedStack>();
  const outcomes: StackOutcome[] = [];
  const note = (outcome: StackOutcome): boolean => {
    outcomes.push(outcome);
    options.report?.(outcome);
    return outcome.status === 'ok' || outcome.status === 'protected';
  };
  const skip = (phase: StackOutcome['phase'], why: string) => (id: string, failed: string) => {
    note({ id, phase, status: 'skipped', resources: 0, seconds: 0, details: `${why} ${failed} failed` });
  };

  const folders = (from: string) => new Map(readManifest(from).map((stack) => [stack.id, stack.folder]));
  const sources = folders(folder);
  const forwards = manifest.map(({ id, dependencies }) => ({ id, after: dependencies }));
  const applied = (run: (stack: RehearsedStack) => Promise<StackOutcome | undefined>) => {
    return async (id: string): Promise<boolean> => {
      const stack = stacks.get(id);
      const outcome = stack && (await run(stack));
      return outcome === undefined || note(outcome);
    };
  };

  const apply = async (id: string): Promise<boolean> => {
    const stack = standIn.copyStack(id, sources.get(id) ?? '');
    stacks.set(id, stack);
    return note(await applyStack(stack));
  };
  const dependsOnFailed = 'depends on a stack that failed:';
  await runInOrder(forwards, jobs, apply, skip('apply', dependsOnFailed));

  const { unprotected } = options.lifeCycle ?? {};
  if (options.lifeCycle) {
    const backwards = dependentsFirst(manifest, stacks);
    await runInOrder(backwards, jobs, applied(refuseDestruction), skip('protect', 'is used by'));
  }
  const released = new Set<string>();
  if (unprotected !== undefined) {
    const releasedSources = folders(unprotected);
    const release = applied(async (stack) => {
      const outcome = await releaseStack(stack, releasedSources.get(stack.id));
      if (outcome) released.add(stack.id);
      return outcome;
    });
    await runInOrder(forwards, jobs, release, skip('release', dependsOnFailed));
  }
  if (options.destroy || unprotected !== undefined) {
    const backwards = dependentsFirst(manifest, stacks);
    // of an account, what is protected has no setting that releases it
    const destroy = applied((stack) => destroyStack(stack, { mayStay: !released.has(stack.id) }));
    await runInOrder(backwards, jobs, destroy, skip('destroy', 'is used by'));
  }
  if (unprotected !== undefined) {
    const restore = applied((stack) => restoreStack(stack, sources.get(stack.id) ?? ''));
    await runInOrder(forwards, jobs, restore, skip('restore', dependsOnFailed));
  }
  const failures = outcomes.filter(({ status }) => status === 'failed' || status === 'skipped').length;
  return { stacks, outcomes, failures };
}

/** Only what was applied can be destroyed, and a stack only after those that read it. */
function dependentsFirst(manifest: readonly ManifestStack[], applied: ReadonlyMap<string, RehearsedStack>) {
  const present = manifest.filter(({ id }) => applied.has(id));
  return [...present].reverse().map(({ id }) => ({
    id,
    after: present.filter(({ dependencies }) => dependencies.includes(id)).map((dependent) => dependent.id),
  }));
}
