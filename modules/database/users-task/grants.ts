import { account } from './quote';

/** A line of SHOW GRANTS: rights on something, or roles, which are on nothing. */
export interface Grant {
  /** Such as `SELECT`, or `SELECT (`a`, `b`)` of columns, in MySQL's words; roles as accounts. */
  readonly privileges: readonly string[];
  /** As MySQL writes it; nothing for roles. */
  readonly on: string | undefined;
  /** Whether they may be passed on. */
  readonly grantable: boolean;
}

/** Names in quotes, which may hold any word, and what is in brackets. */
const OPAQUE = /`(?:[^`]|``)*`|'(?:[^'\\]|''|\\.)*'|\([^)]*\)/g;

/** @returns nothing for a line that takes something away again, as partial revokes do: it goes with what it limits */
export function parseGrant(line: string): Grant | undefined {
  // words of the statement are looked for where no name can be: everything opaque is blanked, in its length
  const bare = line.replace(OPAQUE, (text) => '\0'.repeat(text.length));
  if (!bare.startsWith('GRANT ')) return undefined;
  const to = bare.indexOf(' TO ');
  if (to === -1) throw new Error(`a line of SHOW GRANTS must say to whom, got another kind; report it`);
  const at = bare.indexOf(' ON ');
  const isOn = at !== -1 && at < to;
  return {
    privileges: split(line.slice(6, isOn ? at : to), bare.slice(6, isOn ? at : to)),
    on: isOn ? line.slice(at + 4, to) : undefined,
    grantable: / WITH .*\b(GRANT|ADMIN) OPTION\b/.test(bare.slice(to)),
  };
}

function split(text: string, bare: string): string[] {
  const ends = [...bare.matchAll(/,/g)].map(({ index }) => index);
  return [...ends, text.length].map((end, n) => text.slice(n === 0 ? 0 : (ends[n - 1] ?? 0) + 1, end).trim());
}

/**
 * The statements that leave a user with these rights on one thing, and with no other right at all: first what is too
 * much, then what is missing. What it has and keeps is never away in between.
 *
 * @param on as MySQL writes it
 */
export function grantStatements(
  user: string,
  wanted: { readonly privileges: readonly string[]; readonly on: string },
  lines: readonly string[],
): string[] {
  const has = new Set<string>();
  const statements: string[] = [];
  for (const { privileges, on, grantable } of lines.flatMap((line) => parseGrant(line) ?? [])) {
    // it stands for no right
    const held = privileges.filter((privilege) => privilege !== 'USAGE');
    const kept = on === wanted.on ? held.filter((privilege) => wanted.privileges.includes(privilege)) : [];
    for (const privilege of kept) has.add(privilege);
    const excess = held.filter((privilege) => !kept.includes(privilege));
    const from = `${on === undefined ? '' : ` ON ${on}`} FROM ${account(user)}`;
    if (excess.length > 0) statements.push(`REVOKE ${excess.join(', ')}${from}`);
    // by itself, as ALL PRIVILEGES takes nothing beside it
    if (grantable && on !== undefined) statements.push(`REVOKE GRANT OPTION${from}`);
  }
  const missing = wanted.privileges.filter((privilege) => !has.has(privilege));
  if (missing.length > 0) statements.push(`GRANT ${missing.join(', ')} ON ${wanted.on} TO ${account(user)}`);
  return statements;
}
