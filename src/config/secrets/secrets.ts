import { commandWords, isReference, secretArgument } from './secret-arguments';
import { isFingerprintKey, keyKind } from './secret-keys';
import { hexKeysIn, RANDOM, tokensIn } from './secret-tokens';

/** A setting that holds a secret. */
export interface FoundSecret {
  readonly path: readonly PropertyKey[];
  /** Such as "a GitHub token". */
  readonly what: string;
}

/** @returns what kind of secret a value seems to be, or nothing */
export function secretIn(value: unknown, path: readonly PropertyKey[]): string | undefined {
  const key = keyOf(path);
  if (typeof value === 'number') return isSecretOf(key, String(value)) ? 'a secret' : undefined;
  if (typeof value !== 'string' || value.trim() === '') return undefined;
  const mayBeRandom = isAddress(value) || PUBLISHED.test(value);
  const token = tokensIn(value).find(({ what }) => what !== RANDOM || !mayBeRandom);
  if (token) return token.what;
  if (isSecretOf(key, value)) return 'a secret';
  if (!isFingerprintKey(key) && !mayBeRandom && hexKeysIn(value).length > 0) return RANDOM;
  return secretInText(value);
}

/** JSON inside a value may nest without an end to wait for. */
const DEEPEST = 100;

/** Every secret in a value and in the keys inside it. */
export function secretsIn(value: unknown, path: readonly PropertyKey[] = []): FoundSecret[] {
  const what = secretIn(value, path);
  if (what !== undefined) return [{ path, what }];
  if (typeof value !== 'object' || value === null || path.length > DEEPEST) return [];
  const inside = Object.entries(value).flatMap(([key, inner]) => [
    ...keySecret(key).map((found) => ({ path: [...path, key], what: found })),
    ...secretsIn(inner, [...path, key]),
  ]);
  return Array.isArray(value) && inside.length === 0 ? inArguments(value, path) : inside;
}

/** Whether a value, or anything inside it, must not be repeated in a message. */
export function looksSecret(value: unknown, path: readonly PropertyKey[]): boolean {
  if (typeof value === 'object' && value !== null) return secretsIn(value, path).length > 0;
  if (typeof value === 'string') return secretIn(value, path) !== undefined;
  // a password may be a number; whatever the key announces is not worth the risk
  return typeof value !== 'boolean' && value !== undefined && isPasswordKey(keyOf(path));
}

/** A key may itself be a token that went to the wrong place. */
function keySecret(key: string): string[] {
  const found = tokensIn(key)[0] ?? hexKeysIn(key)[0];
  return found ? [found.what] : [];
}

const isPasswordKey = (key: string) => keyKind(key) === 'password' || keyKind(key) === 'secret';

/** The key that names a value, for a member of a list that of the list; `secrets` lists names. */
function keyOf(path: readonly PropertyKey[]): string {
  const named = path.findLastIndex((part) => !/^\d+$/.test(String(part)));
  const key = String(path[named] ?? '');
  return named < path.length - 1 && key === 'secrets' ? '' : key;
}

/** What a setting of a secret's name may hold all the same: how it is used, how long, where it lies. */
function isSecretOf(key: string, value: string): boolean {
  const kind = keyKind(key);
  if (kind === 'none' || isReference(value) || isAddress(value) || NOTHING.test(value)) return false;
  // many a password is such a word
  if (kind !== 'password' && MODE.test(value)) return false;
  if (NUMBER_OR_DURATION.test(value)) return kind === 'password' && /^\d{4,}$/.test(value);
  return kind !== 'maybe' || (value.length >= 8 && /\d/.test(value) && /[A-Za-z]/.test(value));
}

/** Made to be given away. */
const PUBLISHED = /-----BEGIN (\w+ )?(PUBLIC KEY|CERTIFICATE)|^(ssh-(rsa|ed25519)|ecdsa-sha2-\S+) /;
const NOTHING =
  /^(true|false|yes|no|on|off|none|null|enabled?|disabled?|required?|optional|always|never|auto)$/i;
const MODE =
  /^(basic|bearer|digest|plain|login|oauth2?|oidc|saml|jwt|iam|aws|aws-?iam|ldap|kerberos|mtls|api-?key|token|password|read|write|read-?write|scram|scram-sha-(256|512)|sha-?256)$/i;
const NUMBER_OR_DURATION =
  /^[+-]?\d+([.,]\d+)?\s*(%|ms|s|secs?|seconds?|m|mins?|minutes?|h|hours?|d|days?|w|weeks?|[kmg]i?b)?$|^P(T?\d+[YMWDHS])+$/i;

/** An ARN, a path or an address without a password: where a thing is. The password in a URL is a token. */
function isAddress(value: string): boolean {
  if (/^arn:[\w-]*:[\w-]+:/.test(value) || /^alias\/[\w/-]+$/.test(value)) return true;
  if (/^(\.{0,2}|~)\/[\w./-]+$/.test(value))
    return !/^\S{40}$/.test(value) || /^[^A-Z]*$|^[^0-9]*$/.test(value);
  return /^[a-z][a-z0-9+.-]*:\/\/[^\s?#]*$/i.test(value);
}

/** What a text says of itself: JSON, `name=value`, a command line. */
function secretInText(text: string): string | undefined {
  if (/^\s*[[{]/.test(text) && secretsIn(parsed(text)).length > 0) return 'a secret in JSON';
  for (const [, before, named = '', value = ''] of text.matchAll(ASSIGNMENT)) {
    const key = before ?? named;
    const bare = value.replaceAll(/^["']|["']$/g, '');
    if (bare.length >= 3 && isSecretOf(key, bare)) return 'a secret written as name=value';
  }
  const words = commandWords(text);
  if (words.length > 1 && secretArgument(words, isSecretOf) !== undefined) return 'a password of a command';
  return undefined;
}

/** `name=value` anywhere; `name: value` where a line, a map or a list of pairs begins. */
const ASSIGNMENT =
  /(?:(?<![\w.-])["']?([\w.-]+)["']?\s*=(?!=)\s*|(?<=^|[\n{,;])\s*["']?([\w.-]+)["']?\s*:\s+)("[^"]*"|'[^']*'|[^\s;&,}]+)/g;

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

/** The arguments of a command are told apart only beside each other. */
function inArguments(list: readonly unknown[], path: readonly PropertyKey[]): FoundSecret[] {
  const args = list.map((one) => (typeof one === 'string' ? one : ''));
  const at = secretArgument(args, isSecretOf);
  return at === undefined ? [] : [{ path: [...path, String(at)], what: 'a password of a command' }];
}
