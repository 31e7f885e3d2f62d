import type { PlanJson } from '../plan/plan-json';
import type { OpenAttributes } from './open-attributes';
import { parseConfig } from '../stacks/stack-config';

/** A resource that is not as it was left. Names alone: values may be secret. */
export interface Drift {
  readonly address: string;
  /** Whether it is not there any more. */
  readonly gone: boolean;
  /** Attributes that are otherwise now than the code wants them, by what it says or by their default. */
  readonly attributes: readonly string[];
  /**
   * Attributes that the code leaves to the provider, or to others by `ignore_changes`. AWS fills many of them later, such as the rules of a security group
   * that resources of their own made: they are said, but are no drift.
   */
  readonly open: readonly string[];
}

/** Tags come from the provider's defaults as well: nobody else may change them. */
const ALWAYS_SAID = new Set(['tags', 'tags_all']);

/**
 * @param config the stack's cdk.tf.json
 * @param open attributes that the provider fills where the code leaves them out
 */
export function driftOf(
  { resource_drift = [] }: PlanJson,
  config: string,
  open: OpenAttributes,
): readonly Drift[] {
  const blocks = parseConfig(config).resource ?? {};
  return resource_drift
    .filter(({ mode }) => mode !== 'data')
    .map(({ address, type, change }) => {
      const [, name = ''] = address.replace(/\[.*$/, '').split('.');
      // nothing if the code has it no more: then it leaves nothing open either
      const said = blocks[type]?.[name] as Readonly<Record<string, unknown>> | undefined;
      const differing = differences(change.before, change.after);
      const isSaid = (attribute: string) =>
        !said ||
        ALWAYS_SAID.has(attribute) ||
        (!ignoredIn(said).includes(attribute) && (attribute in said || !open[type]?.includes(attribute)));
      return {
        address,
        gone: change.after === null || change.after === undefined,
        attributes: differing.filter(isSaid),
        open: differing.filter((attribute) => !isSaid(attribute)),
      };
    })
    .sort((a, b) => (a.address < b.address ? -1 : 1));
}

/** What the code says how it is made, and leaves to others from then on. */
function ignoredIn({ lifecycle }: Readonly<Record<string, unknown>>): readonly unknown[] {
  const ignored = isObject(lifecycle) ? lifecycle['ignore_changes'] : undefined;
  return Array.isArray(ignored) ? ignored : [];
}

export const isDrift = ({ gone, attributes }: Drift) => gone || attributes.length > 0;

function differences(before: unknown, after: unknown): readonly string[] {
  if (!isObject(before) || !isObject(after)) return [];
  const names = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
  return names.filter((name) => JSON.stringify(before[name]) !== JSON.stringify(after[name]));
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null;

export function driftLine({ address, gone, attributes, open }: Drift): string {
  if (gone) return `${address}: gone`;
  if (attributes.length === 0) return `${address}: ${open.join(', ')}, which the code leaves open (no drift)`;
  return `${address}: ${attributes.join(', ')}`;
}
