/** A part of a text that must not be repeated. */
export interface Leak {
  readonly what: string;
  readonly start: number;
  readonly end: number;
}

/**
 * What the tokens of well-known services look like. Kept here, since the rule sets that others maintain
 * (secretlint) run on later releases of Node.js than this program does, and only asynchronously, which a
 * message that is to be written without its secret cannot wait for.
 */
const TOKENS: readonly { readonly what: string; readonly pattern: RegExp }[] = [
  { what: 'an AWS access key id', pattern: /\b(AKIA|ASIA|ABIA)[A-Z0-9]{16}\b/g },
  // in small letters it has become a name; the ids hold no 0, 1, 8 or 9, and words with digits are few
  { what: 'an AWS access key id', pattern: /(?<![a-z0-9])akia[a-z2-7]{16}(?![a-z0-9])/g },
  { what: 'an AWS access key id', pattern: /(?<![a-z0-9])asia(?=[a-z]*\d[a-z]*\d)[a-z2-7]{16}(?![a-z0-9])/g },
  { what: 'a private key', pattern: /-----BEGIN [A-Z ]*PRIVATE KEY[^]*/g },
  { what: 'a GitHub token', pattern: /\b(gh[opsur]_[A-Za-z0-9]{36,}|github_pat_\w{22,})/gi },
  { what: 'a GitLab token', pattern: /\bgl(pat|ptt|dt|rt|cbt)-[\w-]{20,}/gi },
  { what: 'a Slack token', pattern: /\bxox[abeoprs]-[\w-]{10,}|\bxapp-\d-[\w-]{10,}/gi },
  { what: 'a Slack token', pattern: /hooks\.slack\.com\/(services|workflows|triggers)\/[\w/]+/gi },
  { what: 'a Google key', pattern: /\bAIza[\w-]{35}|\bGOCSPX-[\w-]{20,}|\bya29\.[\w-]{20,}/g },
  { what: 'a Stripe key', pattern: /\b([rs]k_(live|test)|whsec)_[A-Za-z0-9]{16,}/gi },
  { what: 'an npm token', pattern: /\bnpm_[A-Za-z0-9]{36}/g },
  { what: 'a PyPI token', pattern: /\bpypi-[\w-]{50,}/g },
  { what: 'an API key', pattern: /\bsk-[\w-]{20,}/g },
  { what: 'a SendGrid key', pattern: /\bSG\.[\w-]{16,}\.[\w-]{16,}/g },
  { what: 'a Shopify token', pattern: /\bshp(at|ca|pa|ss)_[a-f0-9]{32}/gi },
  { what: 'a Docker token', pattern: /\bdckr_(pat|oat)_[\w-]{20,}/g },
  { what: 'a DigitalOcean token', pattern: /\bdo[opr]_v1_[a-f0-9]{64}/g },
  { what: 'a Hugging Face token', pattern: /\bhf_[A-Za-z0-9]{30,}/g },
  { what: 'a Vault token', pattern: /\bhv[sbr]\.[\w-]{20,}/g },
  { what: 'a Terraform Cloud token', pattern: /\b[A-Za-z0-9]{14}\.atlasv1\.[\w-]{40,}/g },
  { what: 'a signed token', pattern: /\beyJ[\w-]{8,}\.eyJ[\w-]{8,}\.[\w-]*/g },
  { what: 'a password in a URL', pattern: /\w:\/\/[^\s/:@?#]*:[^\s/@]{3,}@/g },
];

/** Nothing is known of it but that no one would choose it. */
export const RANDOM = 'a random key';

/** Every token in a text, first those of known services, then whatever is random. */
export function tokensIn(text: string): Leak[] {
  return [
    ...TOKENS.flatMap(({ what, pattern }) => [...text.matchAll(pattern)].map((match) => leak(what, match))),
    ...authorizations(text),
    ...randomWords(text),
  ];
}

/** @returns the text with everything that looks like a token taken out */
export function withoutTokens(text: string): string {
  const leaks = tokensIn(text).sort((a, b) => b.start - a.start);
  return leaks.reduce((left, { start, end }) => `${left.slice(0, start)}(not shown)${left.slice(end)}`, text);
}

const leak = (what: string, match: RegExpExecArray): Leak => ({
  what,
  start: match.index,
  end: match.index + match[0].length,
});

/** The value of an Authorization header: `Basic` with a user and a password, or `Bearer` with a token. */
function authorizations(text: string): Leak[] {
  return [...text.matchAll(/\b(Basic|Bearer)\s+([\w.~+/=-]{6,})/gi)]
    .filter(([, scheme = '', value = '']) =>
      scheme.toLowerCase() === 'basic'
        ? /^[\x20-\x7e]*:[\x20-\x7e]*$/.test(Buffer.from(value, 'base64').toString())
        : value.length >= 20 || (value.length >= 8 && /\d/.test(value)),
    )
    .map((match) => leak('an authorization header', match));
}

/** SHA-1, SHA-256 and SHA-512 have as many hexadecimal digits as keys; so says who writes them. */
const HEX_KEY = /(?<![\w:@/-])(0x)?([0-9a-f]{40}|[0-9a-f]{64}|[0-9a-f]{96}|[0-9a-f]{128})(?![\w-])/gi;

/** What is a key or a fingerprint: only the name of its setting tells. */
export const hexKeysIn = (text: string): Leak[] =>
  [...text.matchAll(HEX_KEY)]
    .filter(([, , digits = '']) => new Set(digits.toLowerCase()).size > 2)
    .map((match) => leak(RANDOM, match));

/** Words of 32 characters or more that no name has: base64 and its like. */
function randomWords(text: string): Leak[] {
  return [...text.matchAll(/[A-Za-z0-9+/_-]{32,}={0,2}/g)]
    .filter((match) => isRandom(match[0]))
    .map((match) => leak(RANDOM, match));
}

function isRandom(word: string): boolean {
  if (/^[0-9a-f-]+$/i.test(word)) return false;
  const isBase64 = /[a-z]/.test(word) && /[A-Z]/.test(word) && /\d/.test(word);
  const isBase36 = /^[a-z0-9]+$/.test(word) && (word.match(/\d/g) ?? []).length * 6 > word.length;
  return (isBase64 || isBase36) && bitsPerCharacter(word) > 4 && wordShare(word) < 0.7;
}

/** How much of a text is made of words: three letters or more of one case, or with a capital before them. */
const wordShare = (text: string) =>
  (text.match(/[A-Z]?[a-z]{3,}|[A-Z]{3,}/g) ?? []).join('').length / text.length;

/** Shannon entropy. English words and names lie below 4, base64 of random bytes above. */
function bitsPerCharacter(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  return [...counts.values()].reduce((bits, n) => bits - (n / text.length) * Math.log2(n / text.length), 0);
}
