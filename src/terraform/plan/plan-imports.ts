import { changedAttributes } from './changed-attributes';
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
  return {
    address,
    id: importing.id ?? 'unknown',
    changes: changedAttributes(change).filter((name) => !ONLY_IN_STATE.has(name)),
  };
}
