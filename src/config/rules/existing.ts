import type { Draft } from '../check';
import { isMap, valueAt } from '../merge';

/** Something that stands in AWS already, as one setting says it. */
interface Existing {
  readonly draft: Draft;
  readonly path: readonly PropertyKey[];
  readonly id: string;
  /** Where AWS has one thing of this kind and id. */
  readonly where: string;
}

/** Where settings name what exists: one line for each kind. */
const SOURCES: readonly ((draft: Draft) => Existing[])[] = [buckets];

function buckets(draft: Draft): Existing[] {
  return namesOf(draft, 'buckets').flatMap((name) =>
    ['existing', 'standby.existing'].flatMap((setting) => {
      const path = ['buckets', name, ...setting.split('.')];
      return [...found(draft, path, 'bucket'), ...found(draft, [...path, 'name'], 'bucket')];
    }),
  );
}

/** What exists is taken over once: two owners would undo each other's changes. */
export function checkExisting(drafts: readonly Draft[]): void {
  const owners = new Map<string, Existing>();
  for (const one of drafts.flatMap((draft) => SOURCES.flatMap((source) => source(draft)))) {
    const key = `${one.where} ${one.id}`;
    const owner = owners.get(key);
    owners.set(key, owner ?? one);
    if (owner === undefined) continue;
    one.draft.report({
      path: one.path,
      rule: `not be what ${owner.path.join('.')} of ${owner.draft.name} takes over too`,
      value: one.id,
      remedy: 'take it out of one of the two',
    });
  }
}

function found(draft: Draft, path: readonly string[], where: string): Existing[] {
  const id = valueAt(draft.merged, path);
  return typeof id === 'string' ? [{ draft, path, id, where }] : [];
}

function namesOf({ merged }: Draft, kind: string): string[] {
  const entries = merged[kind];
  return isMap(entries) ? Object.keys(entries) : [];
}
