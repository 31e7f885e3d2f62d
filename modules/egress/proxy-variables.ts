import type { Variables } from '../access/usable';

/** As most programs read them, and as curl and others that know small letters only do. */
const WAYS = ['HTTP_PROXY', 'HTTPS_PROXY', 'http_proxy', 'https_proxy'] as const;
const EXCEPTIONS = ['NO_PROXY', 'no_proxy'] as const;

/** What a service that goes through a proxy cannot set itself. */
export const PROXY_VARIABLES: readonly string[] = [...WAYS, ...EXCEPTIONS];

/** Metadata and credentials of tasks, metadata of instances, and the task itself. */
const NEAR = ['169.254.170.2', '169.254.169.254', 'localhost', '127.0.0.1'];

/**
 * @param url of the proxy
 * @param direct names that the VPC reaches itself; `*.` for all below one
 */
export function proxyVariables(url: string, direct: readonly string[]): Variables {
  const exceptions = [...NEAR, ...direct.map((name) => name.replace(/^\*/, ''))].join(',');
  return Object.fromEntries([
    ...WAYS.map((name) => [name, url]),
    ...EXCEPTIONS.map((name) => [name, exceptions]),
  ]) as Variables;
}
