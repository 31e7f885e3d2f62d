/**
 * The readable half of a Terraform address, made of a construct's path below its stack.
 *
 * `Databases/orders/Cluster` of type `aws_rds_cluster` becomes `databases_orders`: the path in kebab-case,
 * joined by `_`, less what the type already says at its end. An address outlives refactoring only while
 * the path does, so paths hold no environment, region, account or zone name.
 */
export function addressOf(type: string, path: readonly string[]): string {
  const parts = path.map(kebabCase);
  while (parts.length > 1 && isSaidByType(parts.at(-1) ?? '', type)) parts.pop();
  const address = parts.join('_');
  // Terraform's identifiers start with a letter or an underscore
  return /^[a-z_]/.test(address) ? address : `_${address}`;
}

function isSaidByType(part: string, type: string): boolean {
  const words = type.replace(/^((data|ephemeral)\.)?aws_/, '').split('_');
  return part.split('-').every((word) => words.includes(word));
}

function kebabCase(part: string): string {
  return part
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/[^A-Za-z0-9-]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .toLowerCase();
}
