/** A name in MySQL's quotes, which hold under every sql_mode: also that of an account. */
export const quoted = (name: string) => `\`${name.replaceAll('`', '``')}\``;

/** A user from wherever it comes; the security groups say where that can be. */
export const account = (user: string) => `${quoted(user)}@${quoted('%')}`;

/**
 * What a right in a schema is granted on. There MySQL takes _ and % for any characters, unless they are escaped or
 * partial_revokes is on: `car_orders` would also be `carXorders`.
 */
export const everythingIn = (schema: string, patterns: boolean) =>
  `${quoted(patterns ? schema.replaceAll(/[_%\\]/g, '\\$&') : schema)}.*`;
