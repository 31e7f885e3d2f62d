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

/** By the construct that groups entries, and by the name in AWS: all names that an entry has had, the present last. */
export type RenamedEntries = Readonly<Record<string, ReadonlyMap<string, readonly string[]>>>;

/**
 * Every path that a construct may have been known by, the present one last. Two entries may be in it, as in
 * `Services/web/Connections/To Databases orders 3306`, and may have been renamed in any order.
 */
export function renamedPaths(path: readonly string[], renamed: RenamedEntries): string[][] {
  const mentioned = [
    ...new Set(
      mentionsIn(path)
        .filter(([group, name]) => renamed[group]?.has(name))
        .map(String),
    ),
  ];
  const choices = mentioned.reduce<ReadonlyMap<string, string>[]>(
    (all, mention) => {
      const [group = '', name = ''] = mention.split(',');
      const names = renamed[group]?.get(name) ?? [];
      return all.flatMap((one) => names.map((now) => new Map([...one, [mention, now]])));
    },
    [new Map()],
  );
  return choices.map((choice) => withNames(path, (group, name) => choice.get(`${group},${name}`) ?? name));
}

/** Pairs of a group and a name: the first two parts, and within ids what a group's name stands before. */
function mentionsIn(path: readonly string[]): [string, string][] {
  const found: [string, string][] = [];
  withNames(path, (group, name) => {
    found.push([group, name]);
    return name;
  });
  return found;
}

function withNames(path: readonly string[], nameOf: (group: string, name: string) => string): string[] {
  const [first = ''] = path;
  return path.map((part, index) => {
    if (index === 1) return nameOf(first, part);
    const words = part.split(' ');
    return words.map((word, at) => (at === 0 ? word : nameOf(words[at - 1] ?? '', word))).join(' ');
  });
}

/** Names from settings begin with a small letter and always stay: `databases.cluster` must not meet `databases.rds`. */
function isSaidByType(part: string, type: string): boolean {
  if (!/^[A-Z]/.test(part)) return false;
  const words = type.replace(/^((data|ephemeral)\.)?aws_/, '').split('_');
  return kebabCase(part)
    .split('-')
    .every((word) => words.includes(word));
}
