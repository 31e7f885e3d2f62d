/**
 * As much of `terraform show -json <plan>` as is looked at:
 * https://developer.hashicorp.com/terraform/internals/json-format#plan-representation
 */
export interface PlanJson {
  readonly resource_changes?: readonly ResourceChange[];
  /** What was changed by others since the last apply. */
  readonly resource_drift?: readonly ResourceChange[];
  readonly output_changes?: Readonly<Record<string, Change>>;
}

export interface ResourceChange {
  readonly address: string;
  readonly type: string;
  readonly mode?: string;
  /** An instance that an earlier replacement has left behind. */
  readonly deposed?: string;
  /** Why Terraform does it, such as `replace_because_tainted`. */
  readonly action_reason?: string;
  readonly change: Change;
}

export interface Change {
  readonly actions: readonly string[];
  readonly before?: unknown;
  readonly after?: unknown;
  /** `true` in the place of each value that is known only after the apply. */
  readonly after_unknown?: unknown;
  /** That it stands already, and by which id it is taken over. */
  readonly importing?: { readonly id?: string };
  /** Paths of the attributes that cannot be changed in place. */
  readonly replace_paths?: readonly (readonly (string | number)[])[];
}

/** Holds secrets in clear: what is kept of it must hold no value. */
export const parsePlan = (json: string) => JSON.parse(json) as PlanJson;

/** Whether it goes for good, instead of being replaced or forgotten. */
export const isRemoval = ({ actions }: Change) => actions.length === 1 && actions[0] === 'delete';

export const isNoChange = ({ actions }: Change) => actions.every((action) => action === 'no-op');
