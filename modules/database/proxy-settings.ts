import { z } from 'zod';
import type { Problem } from '../settings/capability-rules';
import { count } from '../settings/fields';

/** How many clients share the connections of a database. */
export const proxySettings = z.strictObject({
  /**
   * Connections that the proxy opens at most, in percent of what each instance takes, 1 to 100. The rest is for who comes
   * directly, such as the task that makes users. @default 90
   */
  maxConnectionsPercent: count(1, 100).default(90),
  /**
   * Connections that it keeps open though nobody uses them, in percent of what each instance takes, 0 to 100 and not above
   * maxConnectionsPercent. @default 50, or maxConnectionsPercent if that is lower
   */
  maxIdleConnectionsPercent: count(0, 100).optional(),
  /** Seconds that a client waits for a connection before it gets an error, 0 to 300. @default 30 */
  borrowTimeoutSeconds: count(0, 300).default(30),
  /** Minutes after which a client that says nothing is hung up on, 1 to 480. @default 30 */
  idleClientMinutes: count(1, 480).default(30),
  /**
   * Whether services may go around the proxy as well. True while a database that is in use gets its proxy, or loses it:
   * tasks that run already keep their way. @default false, except to what the proxy does not lead to
   */
  direct: z.boolean().default(false),
});

export type ProxySettings = z.output<typeof proxySettings>;

/** Percent that stays open unless the settings say otherwise: what RDS does. */
export const idlePercent = ({ maxConnectionsPercent, maxIdleConnectionsPercent }: ProxySettings) =>
  maxIdleConnectionsPercent ?? Math.min(50, maxConnectionsPercent);

export function proxyProblems({ proxy }: { readonly proxy?: ProxySettings | undefined }): Problem[] {
  if (!proxy || idlePercent(proxy) <= proxy.maxConnectionsPercent) return [];
  return [
    {
      path: ['proxy', 'maxIdleConnectionsPercent'],
      rule: `be at most maxConnectionsPercent, ${proxy.maxConnectionsPercent}`,
      remedy: 'lower it, or take it out',
    },
  ];
}
