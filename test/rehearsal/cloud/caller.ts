import type { IncomingHttpHeaders } from 'node:http';

export const DEFAULT_ACCOUNT = '123456789012';

const KEY_PREFIX = 'STANDIN';

/** Who calls, and which region: both stand in the signature of every request. */
export interface Caller {
  readonly account: string;
  readonly region: string;
}

/** The key carries the account, so that runs in different accounts can share one imitation. */
export function accessKeyOf(account: string): string {
  return `${KEY_PREFIX}${account}`;
}

export function callerOf(headers: IncomingHttpHeaders): Caller {
  const credential = /Credential=([^/\s]+)\/\d+\/([^/\s]+)\//.exec(headers.authorization ?? '');
  const key = credential?.[1] ?? '';
  return {
    account: key.startsWith(KEY_PREFIX) ? key.slice(KEY_PREFIX.length) : DEFAULT_ACCOUNT,
    region: credential?.[2] ?? 'us-east-1',
  };
}
