/**
 * One part of a Terraform address: `TaskRole` becomes `task-role`, and whatever is no letter, digit or hyphen a
 * hyphen. What differs in nothing else becomes the same, so that rules compare by this too.
 */
export const kebabCase = (part: string) =>
  part
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .replace(/[^A-Za-z0-9-]+/g, '-')
    .replace(/^-+|-+$/g, '')
    .toLowerCase();
