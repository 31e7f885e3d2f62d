import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { InputError, RefusedError } from '../../errors';

const ALGORITHM = 'aes-256-gcm';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const MARK = Buffer.from('aws-environments plan 1\n');

/**
 * The key that saved plans are encrypted with: PLAN_KEY, which lies where secrets of the build lie and not beside the
 * plans. Nothing if there is none; plans are then as safe as the disk is.
 */
export function planKeyOf(env: NodeJS.ProcessEnv): Buffer | undefined {
  const text = env['PLAN_KEY'];
  if (text === undefined || text === '') return undefined;
  const key = Buffer.from(text, 'base64');
  if (key.length === KEY_BYTES) return key;
  throw new InputError([
    `PLAN_KEY must be ${KEY_BYTES} bytes in base64, got ${key.length} bytes; make one with openssl rand -base64 ${KEY_BYTES}`,
  ]);
}

/** @param belongsTo what is kept in clear beside the plan; with another text it cannot be opened */
export function seal(plan: Buffer, key: Buffer, belongsTo: string): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv(ALGORITHM, key, nonce).setAAD(Buffer.from(belongsTo));
  const sealed = Buffer.concat([cipher.update(plan), cipher.final()]);
  return Buffer.concat([MARK, nonce, cipher.getAuthTag(), sealed]);
}

/** @throws RefusedError if it was not sealed with this key and text, or not at all although there is a key */
export function unseal(saved: Buffer, key: Buffer | undefined, belongsTo: string, id: string): Buffer {
  const isSealed = saved.subarray(0, MARK.length).equals(MARK);
  if (!isSealed && !key) return saved;
  if (!key) throw refused(id, 'PLAN_KEY must be set, as the saved plan is encrypted, got none; set it');
  if (!isSealed)
    throw refused(id, 'the saved plan must be encrypted with PLAN_KEY, got a plain one; plan again');
  const parts = saved.subarray(MARK.length);
  const tagEnd = NONCE_BYTES + TAG_BYTES;
  try {
    const decipher = createDecipheriv(ALGORITHM, key, parts.subarray(0, NONCE_BYTES), {
      authTagLength: TAG_BYTES,
    })
      .setAAD(Buffer.from(belongsTo))
      .setAuthTag(parts.subarray(NONCE_BYTES, tagEnd));
    return Buffer.concat([decipher.update(parts.subarray(tagEnd)), decipher.final()]);
  } catch {
    throw refused(
      id,
      'the saved plan must be the one that was encrypted with PLAN_KEY, got another one, or another key; plan again',
    );
  }
}

const refused = (id: string, text: string) => new RefusedError(`${id}: ${text}`);
