/** What the tokens of well-known services look like. */
const TOKENS: readonly { readonly what: string; readonly pattern: RegExp }[] = [
  { what: 'an AWS access key id', pattern: /\b(AKIA|ASIA)[A-Z0-9]{16}\b/ },
  { what: 'a private key', pattern: /-----BEGIN [A-Z ]*PRIVATE KEY/ },
  { what: 'a GitHub token', pattern: /\b(gh[opsur]_[A-Za-z0-9]{36,}|github_pat_\w{22,})/ },
  { what: 'a GitLab token', pattern: /\bglpat-[\w-]{20,}/ },
  { what: 'a Slack token', pattern: /\bxox[abeoprs]-[\w-]{10,}|hooks\.slack\.com\/services\/\w+/ },
  { what: 'a Google key', pattern: /\bAIza[\w-]{35}/ },
  { what: 'a Stripe key', pattern: /\b[rs]k_(live|test)_[A-Za-z0-9]{16,}/ },
  { what: 'an npm token', pattern: /\bnpm_[A-Za-z0-9]{36}/ },
  { what: 'an API key', pattern: /\bsk-[\w-]{20,}/ },
  { what: 'a SendGrid key', pattern: /\bSG\.[\w-]{16,}\.[\w-]{16,}/ },
  { what: 'a signed token', pattern: /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\./ },
  { what: 'a password in a URL', pattern: /\w:\/\/[^\s/:@]*:[^\s/:@]{3,}@/ },
  { what: 'a password in a connection string', pattern: /\b(password|passwd|pwd|secret)\s*=\s*[^\s;&]{3,}/i },
];

/** A key that announces a secret; plurals name lists of names, such as a service's `secrets`. */
const SECRET_KEY =
  /(^|[a-z_-])(password|passwd|passphrase|secret|secretkey|privatekey|token|apikey|api_key|credential)$/i;
const NAME_OR_PATH = /^(\/[\w./-]+|arn:.*|alias\/.*)$/;

/** @returns what kind of secret a value seems to be, or nothing */
export function secretIn(value: unknown, path: readonly PropertyKey[]): string | undefined {
  if (typeof value !== 'string' || value.length === 0) return undefined;
  const token = TOKENS.find(({ pattern }) => pattern.test(value));
  if (token) return token.what;
  if (SECRET_KEY.test(String(path.at(-1) ?? '')) && !NAME_OR_PATH.test(value)) return 'a secret';
  return isRandom(value) ? 'a random key' : undefined;
}

/** Whether a value, or anything inside it, must not be repeated in a message. */
export function looksSecret(value: unknown, path: readonly PropertyKey[]): boolean {
  if (typeof value === 'string') return secretIn(value, path) !== undefined;
  if (typeof value !== 'object' || value === null) return SECRET_KEY.test(String(path.at(-1) ?? ''));
  return Object.entries(value).some(([key, inner]) => looksSecret(inner, [...path, key]));
}

/** One word of 32 characters or more in which small letters, capitals and digits alternate as no name's do. */
function isRandom(value: string): boolean {
  if (!/^[A-Za-z0-9+/_=-]{32,}$/.test(value) || /^(sha256:)?[0-9a-f]+$/.test(value)) return false;
  if (!/[a-z]/.test(value) || !/[A-Z]/.test(value) || !/\d/.test(value)) return false;
  return bitsPerCharacter(value) > 4;
}

/** Shannon entropy. English words and names lie below 4, base64 of random bytes above. */
function bitsPerCharacter(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  return [...counts.values()].reduce((bits, n) => bits - (n / text.length) * Math.log2(n / text.length), 0);
}
