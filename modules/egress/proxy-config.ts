import type { OutsideNames } from '../network/outside-settings';
import { PROXY_PORT } from './proxy-image';

/**
 * What is not the internet: where the VPC, what is connected to it, and the metadata of tasks and instances are. A
 * declared name that leads there would make the proxy a way in. https://www.iana.org/assignments/iana-ipv4-special-registry
 */
const PRIVATE = [
  '0.0.0.0/8',
  '10.0.0.0/8',
  '100.64.0.0/10',
  '127.0.0.0/8',
  '169.254.0.0/16',
  '172.16.0.0/12',
  '192.168.0.0/16',
  '198.18.0.0/15',
  '::1',
  'fc00::/7',
  'fe80::/10',
];

/** Seconds that open connections have after a request to stop; the task is killed some seconds later. */
export const DRAIN_SECONDS = 60;

/**
 * Settings of Squid for one service: CONNECT to declared names on 443, plain HTTP to those declared for 80, and nothing
 * else. Names are compared as they are asked for, and Squid resolves them itself: an address is no name, and none can
 * be brought along.
 */
export function proxyConfig({ https, http }: OutsideNames): string {
  return [
    `http_port ${PROXY_PORT}`,
    'visible_hostname egress-proxy',
    // one process, which keeps nothing
    'pid_filename none',
    'pinger_enable off',
    'cache deny all',
    'cache_mem 0 MB',
    'coredump_dir none',
    'cache_log stdio:/dev/stderr',
    // checks of the load balancer open a connection and ask for nothing
    'acl requests has request',
    `logformat egress ${LOG_FORMAT}`,
    'access_log stdio:/dev/stdout logformat=egress requests',
    // nobody outside is told who asks
    'via off',
    'forwarded_for delete',
    'httpd_suppress_version_string on',
    'connect_timeout 10 seconds',
    `shutdown_lifetime ${DRAIN_SECONDS} seconds`,
    `acl private dst ${PRIVATE.join(' ')}`,
    // from left to right, so that nothing undeclared is even resolved
    ...allow('https', https, 443, 'CONNECT'),
    ...allow('http', http, 80, '!CONNECT'),
    'http_access deny all',
  ].join('\n');
}

/** One object in JSON for each request, with the time in UTC. A query is left out of the target, which may hold secrets. */
const LOG_FORMAT =
  '{"time":"%{%Y-%m-%dT%H:%M:%SZ}tg","client":"%>a","method":"%rm","target":"%ru","status":%>Hs,"result":"%Ss","bytes":%<st}';

function allow(what: 'https' | 'http', names: readonly string[], port: number, method: string): string[] {
  if (names.length === 0) return [];
  return [
    `acl ${what}_port port ${port}`,
    // without -n it would ask DNS for the name of an address
    ...withoutCovered(names).map((name) => `acl ${what}_names dstdomain -n ${name}`),
    `http_access allow ${method} ${what}_port ${what}_names !private`,
  ];
}

/** In Squid's form, and without those that lie below another one: it takes a domain or what is below it, not both. */
function withoutCovered(names: readonly string[]): string[] {
  const domains = names.filter((name) => name.startsWith('*.')).map((name) => name.slice(1));
  const covered = (name: string) =>
    domains.some((domain) => `.${name}`.replace('..', '.').endsWith(domain) && name !== domain);
  return names.map((name) => name.replace(/^\*/, '')).filter((name) => !covered(name));
}
