import { importOf, type Import } from './plan-imports';
import type { Change, PlanJson, ResourceChange } from './plan-json';
import { isStateful } from './stateful-types';

/** A resource that a plan takes away, for good or to put another one in its place. */
export interface Loss {
  readonly address: string;
  readonly how: 'destroy' | 'replace';
  /** Whether data goes with it, or it is not even ours yet. */
  readonly stateful: boolean;
  /** What forces a replacement: attributes, or why Terraform says that it does it. @default nothing that is known */
  readonly forcedBy?: readonly Force[];
}

export interface Force {
  /** As Terraform calls it; a reason in words where no attribute is to blame. */
  readonly attribute: string;
  /** The setting that leads there. @default none that is known */
  readonly setting?: string;
}

/** What a plan does, without a single value. */
export interface PlanSummary {
  readonly add: number;
  readonly change: number;
  readonly replace: number;
  readonly destroy: number;
  /** Left to another state: they live on. @default none */
  readonly forget?: number;
  /** Stateful ones first, then by address. */
  readonly losses: readonly Loss[];
  /** What is taken over, by address. @default nothing */
  readonly imports?: readonly Import[];
}

/** @param settingOf finds the setting that leads to an attribute of a resource */
export function summaryOf(
  { resource_changes: changes = [] }: PlanJson,
  settingOf: (address: string, attribute: string) => string | undefined = () => undefined,
): PlanSummary {
  const counts = { add: 0, change: 0, replace: 0, destroy: 0 };
  const losses: Loss[] = [];
  const imports: Import[] = [];
  const forgotten = changes.filter(({ change }) => isForgotten(change)).length;
  for (const resource of changes) {
    const { address, type, deposed, change } = resource;
    const imported = importOf(resource);
    if (imported) imports.push(imported);
    const kind = kindOf(change.actions);
    if (!kind) continue;
    // what is written into the state alone changes nothing
    if (imported && kind === 'change' && imported.changes.length === 0) continue;
    counts[kind] += 1;
    if (kind === 'destroy' || kind === 'replace') {
      const shown = deposed === undefined ? address : `${address} (deposed ${deposed})`;
      const forcedBy = kind === 'replace' ? forcesOf(resource, settingOf) : [];
      losses.push({
        address: shown,
        how: kind,
        stateful: isStateful(type) || imported !== undefined,
        ...(forcedBy.length > 0 && { forcedBy }),
      });
    }
  }
  return {
    ...counts,
    ...(forgotten > 0 && { forget: forgotten }),
    losses: losses.sort(statefulFirst),
    ...(imports.length > 0 && { imports: imports.sort(byAddress) }),
  };
}

const isForgotten = ({ actions }: Change) => actions.length === 1 && actions[0] === 'forget';

/** https://developer.hashicorp.com/terraform/internals/json-format#plan-representation */
const REASONS: Readonly<Record<string, string>> = {
  replace_because_tainted: 'being marked as tainted',
  replace_by_request: 'a request',
  replace_by_triggers: 'a change of what it is tied to',
};

function forcesOf(
  { address, action_reason, change }: ResourceChange,
  settingOf: (address: string, attribute: string) => string | undefined,
): readonly Force[] {
  const reason = REASONS[action_reason ?? ''];
  // the first part of a path is the attribute; what follows may be a key that somebody chose
  const attributes = [...new Set((change.replace_paths ?? []).map(([attribute]) => String(attribute)))];
  return [
    ...attributes.map((attribute) => {
      const setting = settingOf(address, attribute);
      return { attribute, ...(setting !== undefined && { setting }) };
    }),
    ...(reason === undefined ? [] : [{ attribute: reason }]),
  ];
}

function kindOf(actions: readonly string[]): 'add' | 'change' | 'replace' | 'destroy' | undefined {
  const creates = actions.includes('create');
  const destroys = actions.includes('delete');
  if (creates) return destroys || actions.includes('forget') ? 'replace' : 'add';
  if (destroys) return 'destroy';
  // the rest is nothing at all, reading, or forgetting what then lives on
  return actions.includes('update') ? 'change' : undefined;
}

function statefulFirst(left: Loss, right: Loss): number {
  if (left.stateful !== right.stateful) return left.stateful ? -1 : 1;
  return byAddress(left, right);
}

const byAddress = (left: { readonly address: string }, right: { readonly address: string }) =>
  left.address < right.address ? -1 : 1;

/** @param tense whether it is still to come @default it is */
export const countsText = (summary: PlanSummary, tense: 'todo' | 'done' = 'todo') => {
  const { add, change, replace, destroy, imports = [] } = summary;
  const taken =
    imports.length > 0 ? `${imports.length} ${tense === 'done' ? 'imported' : 'to import'}, ` : '';
  return tense === 'done'
    ? `${taken}${add} added, ${change} changed, ${replace} replaced, ${destroy} destroyed${forgetText(summary, tense)}`
    : `${taken}${add} to add, ${change} to change, ${replace} to replace, ${destroy} to destroy${forgetText(summary, tense)}`;
};

/** What is taken over in all plans, and what of it changes. */
export const importTexts = (
  plans: readonly { readonly id: string; readonly summary: PlanSummary }[],
): readonly { readonly address: string; readonly text: string }[] =>
  plans.flatMap(({ id: stack, summary: { imports = [] } }) =>
    imports.map(({ address, id, changes }) => ({
      address,
      text: `${id} in ${stack}, ${changes.length > 0 ? `changes ${changes.join(', ')}` : 'changes nothing'}`,
    })),
  );

/** Nothing is said of what seldom happens, unless it does. */
export const forgetText = ({ forget }: PlanSummary, tense: 'todo' | 'done' = 'todo'): string =>
  forget === undefined ? '' : `, ${forget} ${tense === 'done' ? 'forgotten' : 'to forget'}`;

/** What goes in all plans: stateful resources of every stack before the others. */
export function orderedLosses(
  plans: readonly { readonly id: string; readonly summary: PlanSummary }[],
): readonly { readonly loss: Loss; readonly text: string }[] {
  const losses = plans.flatMap(({ id, summary }) =>
    summary.losses.map((loss) => ({ loss, text: `${loss.how} ${loss.address} in ${id}${forcesText(loss)}` })),
  );
  return [...losses.filter(({ loss }) => loss.stateful), ...losses.filter(({ loss }) => !loss.stateful)];
}

export const lossLines = (plans: Parameters<typeof orderedLosses>[0]): readonly string[] =>
  orderedLosses(plans).map(({ loss, text }) => `  ${text}${loss.stateful ? ', stateful' : ''}`);

function forcesText({ forcedBy = [] }: Loss): string {
  if (forcedBy.length === 0) return '';
  const forces = forcedBy.map(({ attribute, setting }) =>
    setting === undefined ? attribute : `${attribute} (setting ${setting})`,
  );
  return `, forced by ${forces.join(', ')}`;
}
