import { z } from 'zod';
import { count } from '../settings/fields';

/** The proxies of `egress: 'proxy'`, one for each service that names something outside. */
export const proxySettings = z
  .strictObject({
    /** How many tasks each of them has: they are spread over the zones, and more are started under load. */
    tasks: z
      .strictObject({
        /** Tasks that run at least. 2 or more in production: one more than a zone may take away. @default 2 */
        min: count(1, 100).default(2),
        /** Tasks that run at most. @default 6 */
        max: count(1, 100).default(6),
      })
      .superRefine(({ min, max }, context) => {
        if (min <= max) return;
        context.addIssue({ code: 'custom', path: ['min'], message: `be at most max, ${max}; lower it` });
      })
      .prefault({}),
  })
  .prefault({});

export type ProxySettings = z.output<typeof proxySettings>;
