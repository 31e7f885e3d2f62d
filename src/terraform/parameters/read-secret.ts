import { InputError, RunError } from '../../errors';
import type { Reporter } from '../output/reporter';
import type { SecretInput } from '../stacks/surroundings';

/** What fits into a standard parameter: https://docs.aws.amazon.com/systems-manager/latest/userguide/parameter-store-advanced-parameters.html */
const LARGEST_BYTES = 4096;

/**
 * Reads a value without ever showing it: all of the standard input less one line break at its end, or what is
 * typed on a terminal up to the Enter key.
 *
 * @param what names the value in messages
 */
export async function readSecret(input: SecretInput, reporter: Reporter, what: string): Promise<string> {
  const value = input.isTTY ? await typed(input, reporter, what) : (await all(input)).replace(/\r?\n$/, '');
  if (value === '') {
    throw new InputError([
      `the value of ${what} must come from standard input, got nothing; pipe it in, or type it when asked`,
    ]);
  }
  const bytes = Buffer.byteLength(value);
  if (bytes > LARGEST_BYTES) {
    throw new InputError([
      `the value of ${what} must have at most ${LARGEST_BYTES} bytes, got ${bytes}; shorten it`,
    ]);
  }
  return value;
}

async function all(input: SecretInput): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of input) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString('utf8');
}

const CTRL_C = '\u0003';
const CTRL_D = '\u0004';
const ERASE = ['\u007f', '\b'];

async function typed(input: SecretInput, reporter: Reporter, what: string): Promise<string> {
  reporter.line(`Value of ${what}, which is not shown; end with Enter:`);
  input.setRawMode?.(true);
  try {
    let value = '';
    // a character may arrive in two halves
    const decoder = new TextDecoder();
    for await (const chunk of input) {
      for (const key of decoder.decode(Buffer.from(chunk), { stream: true })) {
        if (key === CTRL_C) throw new RunError(`${what} was not written: interrupted`);
        if (key === '\r' || key === '\n' || key === CTRL_D) return value;
        value = ERASE.includes(key) ? [...value].slice(0, -1).join('') : value + key;
      }
    }
    return value;
  } finally {
    input.setRawMode?.(false);
  }
}
