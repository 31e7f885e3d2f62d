import { basename } from 'node:path';
import { keyKind } from './secret-keys';

/** Programs whose `-pPW` or `-p PW` is a password. */
const PASSWORD_P = /^(mysql\w*|mariadb([a-z-]*)|mycli|sshpass|mongo\w*|7za?|unzip|zip)$/;
/** Programs whose `-a PW` is a password. */
const PASSWORD_A = /^(redis-cli|valkey-cli)$/;

/** Whether a text stands for a value that comes from elsewhere: `$DB_PASSWORD`, `$(cat file)`. */
export const isReference = (text: string) => /^["']?(\$[A-Za-z_{(]|<|%\w+%)/.test(text);

/** Holds a value as the key before it says: `--password x`. */
type Judge = (key: string, value: string) => boolean;

/** @returns the index of the first argument that holds a password, or nothing */
export function secretArgument(args: readonly string[], isSecret: Judge): number | undefined {
  let program = '';
  for (const [index, arg] of args.entries()) {
    if (!arg.startsWith('-')) {
      const name = basename(arg);
      if (PASSWORD_P.test(name) || PASSWORD_A.test(name)) program = name;
    }
    const next = args[index + 1];
    if (next !== undefined && isSecretOption(program, arg, next, isSecret)) return index + 1;
    if (isSecretInOne(program, arg, isSecret)) return index;
  }
  return undefined;
}

/** `--password x`, `-u user:x`, and with some programs `-p x`. */
function isSecretOption(program: string, option: string, value: string, isSecret: Judge): boolean {
  if (isReference(value) || value.startsWith('-')) return false;
  if (/^(-u|--user|--proxy-user)$/.test(option)) return isLogin(value);
  if (option === '-a') return PASSWORD_A.test(program);
  // mysql takes what follows -p alone for a database
  if (option === '-p') return PASSWORD_P.test(program) && !/^(mysql|mariadb|mycli)/.test(program);
  return /^--?[a-z]/i.test(option) && keyKind(option) !== 'none' && isSecret(option, value);
}

/** `-px` of mysql and its like, `-uuser:x` of curl. */
function isSecretInOne(program: string, arg: string, isSecret: Judge): boolean {
  const written = /^--?([A-Za-z][\w.-]*)[=:](.+)$/.exec(arg);
  if (written && isSecret(written[1] ?? '', written[2] ?? '')) return true;
  const short = /^-p(.+)$/.exec(arg)?.[1];
  if (short !== undefined) return PASSWORD_P.test(program) && !isReference(short);
  const login = /^-u(.+:.+)$/.exec(arg)?.[1];
  return login !== undefined && isLogin(login);
}

/** `user:password`, and not the numbers of a user and a group. */
function isLogin(text: string): boolean {
  const [, user = '', password = ''] = /^["']?([^\s:]+):(?!\/\/)(.+)$/.exec(text) ?? [];
  return password !== '' && !isReference(password) && !(/^\d+$/.test(user) && /^\d+$/.test(password));
}

/** The words of a command line, without their quotes. */
export const commandWords = (line: string): string[] =>
  (line.match(/(?:[^\s"']+|"[^"]*"|'[^']*')+/g) ?? []).map((one) => one.replaceAll(/["']/g, ''));
