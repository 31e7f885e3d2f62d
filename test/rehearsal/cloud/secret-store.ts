import { randomInt } from 'node:crypto';

/** A value that Terraform passed through a write-only argument: it must be nowhere else. */
export interface WrittenSecret {
  readonly type: string;
  readonly attribute: string;
  readonly value: string;
}

export interface PasswordRules {
  readonly length: number;
  readonly exclude: string;
  readonly lowercase: boolean;
  readonly uppercase: boolean;
  readonly numbers: boolean;
  readonly punctuation: boolean;
}

const PUNCTUATION = '!"#$%&\'()*+,-./:;<=>?@[\\]^_`{|}~';

/** Starts every password that allows letters, so that a leaked one is easy to see. */
export const PASSWORD_MARK = 'StandIn';

/** Secrets Manager as far as passwords pass through it, with a record of every password it gave out. */
export class SecretStore {
  /** Every password generated since the start, oldest first. */
  readonly generated: string[] = [];
  readonly written: WrittenSecret[] = [];
  private readonly current = new Map<string, string>();

  generatePassword(rules: PasswordRules): string {
    const alphabet = [
      ...(rules.lowercase ? 'abcdefghijklmnopqrstuvwxyz' : ''),
      ...(rules.uppercase ? 'ABCDEFGHIJKLMNOPQRSTUVWXYZ' : ''),
      ...(rules.numbers ? '0123456789' : ''),
      ...(rules.punctuation ? PUNCTUATION : ''),
    ].filter((character) => !rules.exclude.includes(character));
    const markFits = [...PASSWORD_MARK].every((character) => alphabet.includes(character));
    let password = markFits ? PASSWORD_MARK : '';
    while (password.length < rules.length) password += alphabet[randomInt(alphabet.length)] ?? '';
    this.generated.push(password);
    return password;
  }

  recordWritten(type: string, attribute: string, value: string): void {
    this.written.push({ type, attribute, value });
  }

  putSecret(secretId: string, value: string): void {
    this.current.set(secretKey(secretId), value);
  }

  secret(secretId: string): string | undefined {
    return this.current.get(secretKey(secretId));
  }

  deleteSecret(secretId: string): void {
    this.current.delete(secretKey(secretId));
  }
}

/** A version's id is the secret's ARN and a version with a bar between. */
function secretKey(secretId: string): string {
  return secretId.split('|')[0] ?? secretId;
}
