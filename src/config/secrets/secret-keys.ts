/**
 * What a key says of its value, found from the words of the key: `DB_PASS`, `dbPass` and `db-pass` are one key.
 * Endings do not do: `TOKEN_TTL` and `API_KEY_HEADER` hold no secret, `CLIENT_SECRET_VALUE` does.
 */

/** Announce a secret wherever they stand in a key. */
const SECRET_WORDS = new Set(
  words(
    `password passwords passwd passphrase passphrases passcode pwd pw secret token credential
    credentials creds apikey apikeys secretkey privatekey accesskey signingkey encryptionkey masterkey authkey
    sharedkey authtoken accesstoken pepper`,
  ),
);
/** Stand for a secret only at the end of a key: `REDIS_AUTH`, not `authMode`; `DB_PASS`, not `passThrough`. */
const LAST_WORDS = new Set(words('pass auth authorization salt sig signature bearer'));
/** Written together with others in keys of one case: `PGPASSWORD`, `dbpassword`, `clientsecret`. */
const GLUED = /(password|passwd|passphrase|pwd|secret|apikey|secretkey|privatekey|authtoken)$/;
/** Whose keys open something. */
const KEY_WORDS = new Set(
  words(
    `api jwt jws jose signing sign signature encryption encrypt decryption decrypt crypto cipher aes hmac rsa
    ssh pgp gpg tls ssl private secret access auth master session webhook deploy stripe twilio sendgrid
    datadog dd mailgun openai anthropic algolia`,
  ),
);
/** Whose keys are names of things, or for everyone to see. */
const OPEN_KEY_WORDS = new Set(
  words('public publishable site kms partition sort range primary foreign object hash routing idempotency'),
);
/** Say nothing of what the value is: it is the secret itself. */
const NEUTRAL_WORDS = new Set(
  words(
    `value val text plain plaintext string str raw data base64 b64 hex encoded encrypted current old new
    previous next primary secondary default master main backup prod dev test live local hash`,
  ),
);
/** Of passwords there are numbers too; a TTL says itself what it is. */
const PASSWORD_WORDS = /(pass|password|passwords|passwd|passphrase|passcode|pwd|pw|secret)$/;

/** Ends a key that speaks of a secret without holding it. */
const QUALIFIERS = new Set(
  words(
    `ttl age expiry expires expiration expire lifetime timeout interval refresh rotation seconds minutes hours
    days ms length len size min max limit limits count attempts retries number quota budget name names
    id ids arn path paths file files filename folder dir directory mount location url uri host hostname port
    endpoint domain region header headers prefix suffix format type kind alg algorithm policy rule rules
    pattern regex charset encoding enabled disabled enable disable required optional allowed use mode method
    methods flow grant provider issuer audience scope scopes store manager service backend source strategy
    version field parameter param variable var env cookie claim label title text message template page
    hint help reset link script command cmd stdin fd bucket buckets topic queue table column class
    role user username owner account tier level status state flag feature`,
  ),
);

/** `maybe` where a value that is plain words is none. */
export type KeyKind = 'password' | 'secret' | 'maybe' | 'none';

/** What the value of a key is, as far as the key tells. */
export function keyKind(key: string): KeyKind {
  const said = withoutTail(keyWords(key));
  const last = said.at(-1);
  if (last === undefined || QUALIFIERS.has(last)) return 'none';
  if (isSecretWord(last) || LAST_WORDS.has(last)) return PASSWORD_WORDS.test(last) ? 'password' : 'secret';
  if (last === 'key' || last === 'keys') return keyOfWhat(said.slice(0, -1));
  return said.some(isSecretWord) || /^(tokens|secrets)$/.test(last) ? 'maybe' : 'none';
}

function keyOfWhat(before: readonly string[]): KeyKind {
  if (before.some((one) => OPEN_KEY_WORDS.has(one))) return 'none';
  return before.some((one) => KEY_WORDS.has(one)) ? 'secret' : 'maybe';
}

const isSecretWord = (word: string) => SECRET_WORDS.has(word) || GLUED.test(word);

/** Whether the value of a key is the fingerprint of something, which looks like a key and opens nothing. */
export const isFingerprintKey = (key: string): boolean =>
  keyWords(key).some((one) =>
    /^(commit|revision|rev|version|sha|sha\d+|md5|digest|checksum|fingerprint|thumbprint|etag|git|ref|hash)$/.test(
      one,
    ),
  );

/** The words of a key in small letters, without the digits at their ends. */
export function keyWords(key: string): string[] {
  return words(
    key
      .replaceAll(/([a-z\d])([A-Z])/g, '$1 $2')
      .replaceAll(/([A-Z]+)([A-Z][a-z])/g, '$1 $2')
      .replaceAll(/[^A-Za-z\d]+/g, ' ')
      .toLowerCase(),
  )
    .map((one) => (/^((sha|base)\d+|auth0)$/.test(one) ? one : one.replace(/\d+$/, '')))
    .filter((one) => one !== '');
}

function withoutTail(all: readonly string[]): readonly string[] {
  const end = all.findLastIndex((one) => !NEUTRAL_WORDS.has(one));
  return all.slice(0, end + 1);
}

function words(text: string): string[] {
  return text.split(/\s+/).filter((one) => one !== '');
}
