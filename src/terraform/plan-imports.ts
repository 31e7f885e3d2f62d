import type { ResourceChange } from './plan-json';

/** Something that stands in AWS already and that a plan takes over. */
export interface Import {
  readonly address: string;
  /** By which the provider finds it, as the settings say it. */
  readonly id: string;
  /** Attributes of it that the plan changes in AWS. */
  readonly changes: readonly string[];
}

/**
 * What the provider keeps for its own use and no reading of AWS gives: it has them from the code, so that taking a thing
 * over writes them into the state for the first time. Each is in `ImportStateVerifyIgnore` of the provider's own tests.
 */
const ONLY_IN_STATE: ReadonlySet<string> = new Set([
  'allow_overwrite',
  'apply_immediately',
  'bypass_policy_lockout_safety_check',
  'delete_automated_backups',
  'deletion_window_in_days',
  'final_snapshot_identifier',
  'force_destroy',
  'skip_destroy',
  'skip_final_snapshot',
  'timeouts',
]);

/** What a plan takes over of all that it changes. Values are compared, and none is kept. */
export function importOf({ address, change }: ResourceChange): Import | undefined {
  const { importing } = change;
  if (!importing) return undefined;
  return { address, id: importing.id ?? 'unknown', changes: changedIn(change) };
}

function changedIn({ actions, before, after, after_unknown: unknown }: ResourceChange['change']): string[] {
  if (actions.every((action) => action === 'no-op')) return [];
  const [was, is, open] = [before, after, unknown].map(attributesOf) as [Attributes, Attributes, Attributes];
  return [...new Set([...Object.keys(was), ...Object.keys(is), ...Object.keys(open)])]
    .filter((name) => !ONLY_IN_STATE.has(name))
    .filter((name) => isOpen(open[name]) || text(was[name]) !== text(is[name]))
    .sort();
}

type Attributes = Readonly<Record<string, unknown>>;

const attributesOf = (value: unknown): Attributes =>
  typeof value === 'object' && value !== null ? (value as Attributes) : {};
const text = (value: unknown) => JSON.stringify(value ?? null);
/** `true` where nothing of it is known, or somewhere within. */
const isOpen = (value: unknown): boolean =>
  value === true || (typeof value === 'object' && value !== null && Object.values(value).some(isOpen));
