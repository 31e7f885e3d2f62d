import { isReceiver } from '../messaging/queue-access';
import type { Tasks } from './service-settings';

/** Messages for each task by queue. A number is for the one that it receives from; checked before that there is one. */
export function messagesByQueue(
  said: Tasks['scaleOn']['messagesPerTask'],
  queues: Readonly<Record<string, unknown>>,
): Readonly<Record<string, number>> {
  if (typeof said !== 'number') return said ?? {};
  return Object.fromEntries(receivedQueues(queues).map((queue) => [queue, said]));
}

/** Of the queues that a service uses those that it receives from. */
export const receivedQueues = (queues: Readonly<Record<string, unknown>>): string[] =>
  Object.entries(queues).flatMap(([queue, access]) => (isReceiver(access) ? [queue] : []));
