import type { Change } from './plan-json';

/** Names of the attributes that a change gives another value, or one that is not known yet. No value is kept. */
export function changedAttributes({ actions, before, after, after_unknown: unknown }: Change): string[] {
  if (actions.every((action) => action === 'no-op')) return [];
  const [was, is, open] = [before, after, unknown].map(attributesOf) as [Attributes, Attributes, Attributes];
  return [...new Set([...Object.keys(was), ...Object.keys(is), ...Object.keys(open)])]
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
