import { relative } from 'node:path';
import { RefusedError, RunError } from '../../errors';
import { stateKeyAlias } from '../../stacks/base-stack';
import type { SynthesizedStack } from '../../synth';
import { makeCommand, type Target } from '../output/command-text';
import type { PlanSummary } from '../plan/plan-summary';
import { parseConfig, readConfigText } from './stack-config';
import type { StackDriver, StepEnd } from './stack-driver';
import { parseState } from '../state/state-json';
import { isApplied, stateLocation, summarizeState, type StateStore } from '../state/state-store';
import type { Workspace } from '../binary/workspace';

export type BootstrapEnd = StepEnd<
  { readonly kind: 'applied'; readonly summary: PlanSummary } | { readonly kind: 'unchanged' }
>;

/**
 * Makes a state bucket whose own state is kept in it: beside the configuration first, moved in as soon as the
 * bucket stands. Wherever a run was killed, the next one goes on from there.
 */
export class BootstrapDriver {
  constructor(
    private readonly driver: StackDriver,
    private readonly states: StateStore,
    private readonly target: Target,
  ) {}

  async run(stack: SynthesizedStack, workspace: Workspace): Promise<BootstrapEnd> {
    const config = readConfigText(stack.folder);
    const location = stateLocation(stack.place);
    const bucketStands = await this.states.hasBucket(location);
    if (bucketStands && isApplied(await this.states.read(location))) {
      workspace.retireLocalState();
      return this.change(workspace, config);
    }
    if (bucketStands && !knowsBucket(workspace)) return this.refuseUnknownBucket(stack, workspace, config);
    const end = await this.change(workspace, withLocalState(config));
    if (end.kind === 'failed' || end.kind === 'interrupted') return end;
    return (await this.moveState(stack, workspace, config)) ?? end;
  }

  /** Plans and applies; nothing here is reviewed by hand, so nothing stateful may go. */
  private async change(workspace: Workspace, config: string): Promise<BootstrapEnd> {
    const plan = await this.driver.plan(workspace, config);
    if (plan.kind !== 'planned') return plan;
    const { summary, digest } = plan;
    const lost = summary.losses.filter(({ stateful }) => stateful).map(({ address }) => address);
    if (lost.length > 0) {
      workspace.forget();
      throw new RefusedError(
        `${workspace.id}: the state bucket and its key must stay, got a plan that takes away ${lost.join(', ')}; change the settings back`,
      );
    }
    const end = await this.driver.apply(workspace, config, digest);
    return end.kind === 'applied' ? { kind: 'applied', summary } : end;
  }

  private async moveState(
    { place }: SynthesizedStack,
    workspace: Workspace,
    config: string,
  ): Promise<StepEnd<never> | undefined> {
    const { resources } = summarizeState(workspace.localState() ?? '{}');
    const failed = await this.driver.init(workspace, config, ['-migrate-state', '-force-copy']);
    if (failed) return failed;
    const location = stateLocation(place);
    const moved = await this.states.read(location);
    // a state that moves gets another lineage and another serial
    if (moved?.resources !== resources) {
      throw new RunError(
        `${workspace.id}: the state must have moved to ${location.bucket}, got none there; run ${makeCommand('bootstrap', this.target)} again`,
      );
    }
    workspace.retireLocalState();
    return undefined;
  }

  private async refuseUnknownBucket(
    { place }: SynthesizedStack,
    workspace: Workspace,
    config: string,
  ): Promise<BootstrapEnd> {
    // ready for the imports that the message names
    const failed = await this.driver.init(workspace, withLocalState(config), ['-reconfigure']);
    if (failed) return failed;
    const { bucket, region } = stateLocation(place);
    const folder = relative('.', workspace.folder);
    throw new RefusedError(
      [
        `${workspace.id}: bucket ${bucket} in ${region} must be known to a state, got neither one in it nor ${folder}/terraform.tfstate; copy that file from the machine that made the bucket, or import what is there:`,
        ...imports(config, { bucket, alias: stateKeyAlias(place), region }).map(
          (one) => `  ${this.driver.terraform.binary} -chdir=${folder} import ${one}`,
        ),
        `then run ${makeCommand('bootstrap', this.target)} again`,
      ].join('\n'),
    );
  }
}

/** A bucket that an earlier run has made, but whose state has not moved yet. */
function knowsBucket(workspace: Workspace): boolean {
  const state = parseState(workspace.localState() ?? '{}');
  return state.resources?.some(({ type }) => type === 'aws_s3_bucket') ?? false;
}

function withLocalState(config: string): string {
  const { terraform, ...rest } = parseConfig(config);
  return `${JSON.stringify({ ...rest, terraform: { ...terraform, backend: { local: {} } } }, undefined, 2)}\n`;
}

/** Only what cannot be there twice; the rest of the configuration is simply put again. */
function imports(
  config: string,
  { bucket, alias, region }: { readonly bucket: string; readonly alias: string; readonly region: string },
): readonly string[] {
  const key = `"$(aws kms describe-key --region ${region} --key-id ${alias} --query KeyMetadata.KeyId --output text)"`;
  const ids: Readonly<Record<string, string>> = {
    aws_s3_bucket: bucket,
    aws_kms_key: key,
    aws_kms_alias: alias,
  };
  const { resource = {} } = parseConfig(config);
  return Object.entries(ids).flatMap(([type, id]) =>
    Object.keys(resource[type] ?? {}).map((name) => `${type}.${name} ${id}`),
  );
}
