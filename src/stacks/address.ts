import { kebabCase } from '../../modules/naming/kebab-case';

/**
 * The readable half of a Terraform address, made of a construct's path below its stack.
 *
 * `Databases/orders/Cluster` of type `aws_rds_cluster` becomes `databases_orders`: the path in kebab-case,
 * joined by `_`, less what the type already says at its end. An address outlives refactoring only while
 * the path does, so paths hold no environment, region, account or zone name.
 */
export function addressOf(type: string, path: readonly string[]): string {
  const kept = [...path];
  while (kept.length > 1 && isSaidByType(kept.at(-1) ?? '', type)) kept.pop();
  const address = kept.map(kebabCase).join('_');
  // Terraform's identifiers start with a letter or an underscore
  return /^[a-z_]/.test(address) ? address : `_${address}`;
}

/** By the construct that groups entries: the name that an entry was made with, and the one that it has now. */
export type RenamedEntries = Readonly<Record<string, ReadonlyMap<string, string>>>;

/** A construct's path with the names that entries have now; ids such as `To Databases orders 3306` hold them too. */
export function renamedPath(path: readonly string[], renamed: RenamedEntries): string[] {
  const [group = '', entry = ''] = path;
  const now = renamed[group]?.get(entry);
  return path.map((part, index) => (index === 1 && now !== undefined ? now : renamedId(part, renamed)));
}

function renamedId(id: string, renamed: RenamedEntries): string {
  const words = id.split(' ');
  return words.map((word, index) => renamed[words[index - 1] ?? '']?.get(word) ?? word).join(' ');
}

/** Names from settings begin with a small letter and always stay: `databases.cluster` must not meet `databases.rds`. */
function isSaidByType(part: string, type: string): boolean {
  if (!/^[A-Z]/.test(part)) return false;
  const words = type.replace(/^((data|ephemeral)\.)?aws_/, '').split('_');
  return kebabCase(part)
    .split('-')
    .every((word) => words.includes(word));
}
