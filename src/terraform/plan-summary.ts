import type { PlanJson, ResourceChange } from './plan-json';
import { isStateful } from './stateful-types';

/** A resource that a plan takes away, for good or to put another one in its place. */
export interface Loss {
  readonly address: string;
  readonly how: 'destroy' | 'replace';
  /** Whether data goes with it. */
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
  /** Stateful ones first, then by address. */
  readonly losses: readonly Loss[];
}

/** @param settingOf finds the setting that leads to an attribute of a resource */
export function summaryOf(
  { resource_changes: changes = [] }: PlanJson,
  settingOf: (address: string, attribute: string) => string | undefined = () => undefined,
): PlanSummary {
  const counts = { add: 0, change: 0, replace: 0, destroy: 0 };
  const losses: Loss[] = [];
  for (const resource of changes) {
    const { address, type, deposed, change } = resource;
    const kind = kindOf(change.actions);
    if (!kind) continue;
    counts[kind] += 1;
    if (kind === 'destroy' || kind === 'replace') {
      const shown = deposed === undefined ? address : `${address} (deposed ${deposed})`;
      const forcedBy = kind === 'replace' ? forcesOf(resource, settingOf) : [];
      losses.push({
        address: shown,
        how: kind,
        stateful: isStateful(type),
        ...(forcedBy.length > 0 && { forcedBy }),
      });
    }
  }
  return { ...counts, losses: losses.sort(statefulFirst) };
}

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
  return left.address < right.address ? -1 : 1;
}

/** @param tense whether it is still to come @default it is */
export const countsText = (
  { add, change, replace, destroy }: PlanSummary,
  tense: 'todo' | 'done' = 'todo',
) =>
  tense === 'done'
    ? `${add} added, ${change} changed, ${replace} replaced, ${destroy} destroyed`
    : `${add} to add, ${change} to change, ${replace} to replace, ${destroy} to destroy`;

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
