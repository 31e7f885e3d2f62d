import leven from 'leven';
import { looksSecret } from './secrets/secrets';
import { withoutTokens } from './secrets/secret-tokens';

/** One thing that is wrong with the settings. */
export interface SettingProblem {
  /** The file that says it, from the top folder. */
  readonly file: string;
  readonly path: readonly PropertyKey[];
  /** Completes "… must". */
  readonly rule: string;
  /** What the file says; left out where showing it would help no one. */
  readonly value?: unknown;
  readonly hideValue?: boolean;
  /** What the file says, in words, where its value has none of its own. */
  readonly got?: string | undefined;
  /** Whether this says all of the path and what lies below it: what follows from it is not worth a line. */
  readonly settles?: boolean;
  /** Another path of which the same is true, where this settles its own. */
  readonly settlesToo?: readonly PropertyKey[];
  /** What to do. */
  readonly remedy: string;
}

/** `<file>: <setting> must <rule>, got <value>; <what to do>`, on one line. */
export function problemLine({ file, path, rule, value, hideValue, got, remedy }: SettingProblem): string {
  const said = got ?? (hideValue ? undefined : shown(value, path));
  const gotText = said === undefined ? '' : `, got ${said}`;
  // files and rules are named after entries, and an entry may be named with a token
  return printable(withoutTokens(`${file}: ${pathText(path)} must ${rule}${gotText}; ${remedy}`));
}

/** A key can be a secret that went to the wrong place. */
export const pathText = (path: readonly PropertyKey[]) =>
  path.map((part) => (looksSecret(String(part), []) ? '(not shown)' : String(part))).join('.') || 'the file';

/** @returns the known word that was probably meant, if one is near enough */
export function closest(word: string, known: readonly string[]): string | undefined {
  const best = known
    .map((one) => ({ one, distance: leven(word.toLowerCase(), one.toLowerCase()) }))
    .sort((a, b) => a.distance - b.distance)[0];
  return best && best.distance <= Math.max(2, word.length / 3) ? best.one : undefined;
}

/** @returns what was probably meant, or what there is to choose from */
export function didYouMean(word: string, known: readonly string[]): string {
  const meant = closest(word, known);
  if (meant !== undefined) return `did you mean "${meant}"?`;
  return known.length > 0 ? `there is ${known.join(', ')}` : 'there is none';
}

const LONGEST_VALUE = 80;
/** Settings into which a password is most likely to be pasted. */
const HELD_BACK = new Set(['secrets', 'environment', 'command']);

/** A value as a message may repeat it. */
export function shown(value: unknown, path: readonly PropertyKey[]): string {
  if (value === undefined) return 'nothing';
  if (looksSecret(value, path) || path.some((part) => HELD_BACK.has(String(part))))
    return 'a value that is not shown';
  const text = asText(value);
  return text.length > LONGEST_VALUE ? `${text.slice(0, LONGEST_VALUE)}…` : text;
}

/** As one would write it in a file; what JSON has no words for by its type. */
function asText(value: unknown): string {
  if (typeof value === 'number' || typeof value === 'bigint') return String(value);
  if (typeof value === 'symbol' || typeof value === 'function') return typeof value;
  return JSON.stringify(value, (_key, inner: unknown) => (typeof inner === 'bigint' ? String(inner) : inner));
}

/**
 * One line that shows all that is in it: line ends, and characters that are invisible or turn the direction of
 * writing, are written as escapes.
 */
export const printable = (text: string) =>
  text.replaceAll(
    /[\p{C}\p{Zl}\p{Zp}\p{Default_Ignorable_Code_Point}]/gu,
    (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`,
  );
