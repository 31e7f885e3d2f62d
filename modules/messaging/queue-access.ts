import { z } from 'zod';

/** What a service does with a queue. */
export const queueAccess = z.enum(['send', 'receive', 'send-receive']);
export type QueueAccess = z.output<typeof queueAccess>;

export const isReceiver = (access: unknown) => access === 'receive' || access === 'send-receive';
