import { changedAttributes } from '../../src/terraform/plan/changed-attributes';
import type { PlanJson } from '../../src/terraform/plan/plan-json';
import { summaryOf, type PlanSummary } from '../../src/terraform/plan/plan-summary';
import { isStateful } from '../../src/terraform/plan/stateful-types';
import { readManifest } from './manifest';
import type { RehearsedStack } from './rehearsed-stack';
import { type JsonObject, objectAt, objectsIn } from './stack-document';
import { errorsIn } from './stack-phases';
import type { StandIn } from './stand-in';

/** What Terraform says of a stack over the state that another release, of ours or of the provider, has left. */
export interface StackUpgrade {
  readonly id: string;
  readonly summary: PlanSummary;
  readonly updates: readonly Update[];
  /** Stateful resources that stay, be it with a change in place. */
  readonly kept: number;
  /** Why there is no plan: arguments that are gone, or that are needed now. @default none, and it is planned */
  readonly misfits: readonly Misfit[];
}

/** A resource that is changed in place. */
export interface Update {
  readonly address: string;
  readonly attributes: readonly string[];
}

/** Something in a stack that the provider does not take. */
export interface Misfit {
  /** Of a resource, or of a part of the configuration such as `provider.aws`. */
  readonly where: string;
  readonly message: string;
}

/**
 * Plans the stacks of a folder over the states that stand, upstream first. A plan that loses nothing stateful is applied,
 * as the next stack may read what this one says for the first time.
 */
export async function planUpgrade(folder: string, standIn: StandIn): Promise<StackUpgrade[]> {
  const upgrades: StackUpgrade[] = [];
  for (const { id, folder: source } of readManifest(folder)) {
    const stack = standIn.copyStack(id, source);
    const init = await stack.init();
    if (init.code !== 0) throw new Error(`${id}: ${init.output}`);
    stack.reconfigure(withoutPreventDestroy(stack.configuration));
    const upgrade = await planStack(stack);
    upgrades.push(upgrade);
    if (upgrade.misfits.length > 0 || upgrade.summary.losses.some(({ stateful }) => stateful)) continue;
    const { code, output } = await stack.apply();
    if (code !== 0) throw new Error(`${id}: ${output}`);
  }
  return upgrades;
}

/** The plan is to say everything that would go, and what may not be destroyed ends a plan. */
function withoutPreventDestroy(configuration: JsonObject): JsonObject {
  const changed = structuredClone(configuration);
  for (const resources of Object.values(objectAt(changed, 'resource')))
    for (const resource of objectsIn(resources).flatMap((one) => Object.values(one)))
      for (const lifecycle of objectsIn(resource).flatMap((one) => objectsIn(one['lifecycle'])))
        delete lifecycle['prevent_destroy'];
  return changed;
}

async function planStack(stack: RehearsedStack): Promise<StackUpgrade> {
  const { id } = stack;
  const { code, output, stdout } = await stack.plan('-json');
  if (code !== 0) {
    const misfits = errorsIn(stdout).map(({ address = id, summary, detail }) => ({
      where: address,
      message: (detail || summary).replaceAll(/\s+/g, ' ').trim(),
    }));
    if (misfits.length === 0) throw new Error(`${id}: ${output}`);
    return { id, summary: summaryOf({}), updates: [], kept: 0, misfits };
  }
  const plan = (await stack.showPlan()) as PlanJson;
  const managed = (plan.resource_changes ?? []).filter(({ mode }) => mode === 'managed');
  const isKept = ({ actions }: { readonly actions: readonly string[] }) =>
    !actions.includes('delete') && !actions.includes('create');
  return {
    id,
    summary: summaryOf(plan),
    updates: managed
      .filter(({ change }) => change.actions.includes('update'))
      .map(({ address, change }) => ({ address, attributes: changedAttributes(change) })),
    kept: managed.filter(({ type, change }) => isStateful(type) && isKept(change)).length,
    misfits: [],
  };
}
