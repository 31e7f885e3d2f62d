import { driftOf, type Drift } from '../drift/drift';
import { openAttributes, type OpenAttributes } from '../drift/open-attributes';
import { effectsOf, type PlanEffects } from '../plan/plan-effects';
import { parsePlan } from '../plan/plan-json';
import { summaryOf, type PlanSummary } from '../plan/plan-summary';
import type { Provenance } from '../plan/provenance';
import { ProviderMirror } from '../binary/provider-mirror';
import type { Terraform, TerraformEnd } from '../binary/run-terraform';
import { failureLines } from '../binary/terraform-errors';
import { configHash, NEW_PLAN, type Workspace } from '../binary/workspace';

/** What became of one step on one stack. */
export type StepEnd<Done> =
  Done | { readonly kind: 'failed' | 'interrupted'; readonly reasons: readonly string[] };

export type PlanEnd = StepEnd<
  | {
      readonly kind: 'planned';
      readonly summary: PlanSummary;
      readonly effects: PlanEffects;
      /** By which the saved plan can be applied. */
      readonly digest: string;
    }
  | { readonly kind: 'unchanged' }
>;
export type ApplyEnd = StepEnd<{ readonly kind: 'applied' }>;

export interface PlanOptions {
  /** Plans to destroy all that the stack holds. @default false */
  readonly destroys?: boolean;
  /** Kept with the plan. @default nothing: the same run applies it */
  readonly madeFrom?: Provenance;
  /** The setting that leads to an attribute of a resource. @default none is known */
  readonly settingOf?: (address: string, attribute: string) => string | undefined;
}

export type DriftEnd = StepEnd<
  { readonly kind: 'unchanged' } | { readonly kind: 'drift'; readonly drift: readonly Drift[] }
>;

/** For a stack whose turn comes after the interruption. */
export const NOT_STARTED = { kind: 'interrupted', reasons: [] } as const;

/** A second run on the same stack ends soon; it waits this long. */
const LOCK_TIMEOUT = '-lock-timeout=60s';

/** Terraform's steps on single stacks. */
export class StackDriver {
  private asking: Promise<unknown> = Promise.resolve();

  private readonly providers: ProviderMirror;

  /** @param providerLock checksums of the providers @default they are taken as they come */
  constructor(
    readonly terraform: Terraform,
    private readonly providerLock: string | undefined,
  ) {
    this.providers = new ProviderMirror(terraform);
  }

  /** Plans a configuration and saves the plan, unless nothing would change. */
  async plan(
    workspace: Workspace,
    config: string,
    { madeFrom, settingOf, destroys = false }: PlanOptions = {},
  ): Promise<PlanEnd> {
    const failed = await this.init(workspace, config, ['-reconfigure']);
    if (failed) return failed;
    const end = await this.terraform.run(workspace, [
      'plan',
      '-input=false',
      LOCK_TIMEOUT,
      ...(destroys ? ['-destroy'] : []),
      '-detailed-exitcode',
      `-out=${NEW_PLAN}`,
    ]);
    if (end.exitCode === 0) {
      workspace.forget();
      workspace.record({ outcome: 'unchanged', config: configHash(config), ...(destroys && { destroys }) });
      return { kind: 'unchanged' };
    }
    if (end.exitCode !== 2) return this.failed(end, workspace);
    const plan = parsePlan(await this.terraform.show(workspace, NEW_PLAN));
    const summary = summaryOf(plan, settingOf);
    const digest = workspace.savePlan(config, {
      summary,
      ...(madeFrom && { madeFrom }),
      ...(destroys && { destroys }),
    });
    return { kind: 'planned', summary, effects: effectsOf(plan), digest };
  }

  /** Compares what stands with the state, and leaves both and the saved plan as they are. */
  async drift(workspace: Workspace, config: string): Promise<DriftEnd> {
    const failed = await this.init(workspace, config, ['-reconfigure']);
    if (failed) return failed;
    const end = await this.terraform.run(workspace, [
      'plan',
      '-input=false',
      LOCK_TIMEOUT,
      '-refresh-only',
      '-detailed-exitcode',
      `-out=${NEW_PLAN}`,
    ]);
    try {
      if (end.exitCode === 0) return { kind: 'unchanged' };
      if (end.exitCode !== 2) return this.failed(end, workspace);
      const plan = parsePlan(await this.terraform.show(workspace, NEW_PLAN));
      return { kind: 'drift', drift: driftOf(plan, config, await this.openAttributes(workspace)) };
    } finally {
      workspace.dropNewPlan();
    }
  }

  /** Asked of the providers once for each release of them: they take their time. */
  private openAttributes(workspace: Workspace): Promise<OpenAttributes> {
    const asking = this.asking.then(async () => {
      const kept = workspace.work.openAttributes(workspace.providerLockFile);
      const known = kept.read();
      if (known) return known;
      const found = openAttributes(await this.terraform.schema(workspace));
      kept.write(found);
      return found;
    });
    this.asking = asking.catch(() => undefined);
    return asking;
  }

  /**
   * Applies the plan that was saved, which is used up by it. Where it was brought from another machine, Terraform is
   * initialized first: with the provider releases that the plan was made with, as Terraform takes it with no other.
   *
   * @param digest of the plan that was checked; another one is not applied
   */
  async apply(workspace: Workspace, config: string, digest: string): Promise<ApplyEnd> {
    if (!workspace.isInitialized(config, this.terraform.binary)) {
      const failed = await this.init(workspace, config, ['-reconfigure'], 'the lock of the plan');
      if (failed) return failed;
    }
    const plan = workspace.takePlan(digest);
    const end = await this.terraform.run(workspace, ['apply', '-input=false', LOCK_TIMEOUT, plan]);
    workspace.forget();
    if (end.exitCode !== 0) return this.failed(end, workspace);
    workspace.record({ outcome: 'applied', config: configHash(config) });
    return { kind: 'applied' };
  }

  /** Installs nothing: providers are in the mirror, and only those that the lock file knows are taken. */
  async init(
    workspace: Workspace,
    config: string,
    options: readonly string[],
    lock: 'our lock' | 'the lock of the plan' = 'our lock',
  ): Promise<StepEnd<never> | undefined> {
    if (this.terraform.interruption.interrupted) return NOT_STARTED;
    const isBrought = lock === 'the lock of the plan';
    const locked = isBrought ? workspace.providerLock() : this.providerLock;
    const installed = await this.providers.install(workspace.work, config, locked, isBrought);
    if ('kind' in installed) return installed;
    if (this.terraform.interruption.interrupted) return NOT_STARTED;
    const { mirror } = installed;
    workspace.prepare(config, mirror?.lock);
    const end = await this.terraform.run(
      workspace,
      [
        'init',
        '-input=false',
        ...options,
        '-lockfile=readonly',
        ...(mirror ? [`-plugin-dir=${mirror.folder}`] : []),
      ],
      // a cache that the user's configuration names would be filled by several at once
      mirror && { TF_PLUGIN_CACHE_DIR: mirror.folder },
    );
    if (end.exitCode !== 0) return this.failed(end, workspace);
    workspace.initialized(config, this.terraform.binary, mirror?.folder);
    return undefined;
  }

  private failed(end: TerraformEnd, workspace: Workspace): StepEnd<never> {
    const kind = this.terraform.interruption.interrupted ? 'interrupted' : 'failed';
    return { kind, reasons: failureLines(end, workspace, this.terraform.binary) };
  }
}
