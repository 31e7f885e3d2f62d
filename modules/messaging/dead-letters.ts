import type { AlarmSettings } from '../observability/alarms';
import { MOST_RETENTION_DAYS } from './queue-settings';

/** Seconds, as long as SQS keeps anything. */
export const DEAD_LETTER_RETENTION_SECONDS = MOST_RETENTION_DAYS * 24 * 60 * 60;

/** Rings as soon as anything lies in a queue that is empty while all is well. */
export const anyMessage = (queueName: string, description: string): AlarmSettings => ({
  description,
  namespace: 'AWS/SQS',
  metric: 'ApproximateNumberOfMessagesVisible',
  dimensions: { QueueName: queueName },
  statistic: 'Maximum',
  threshold: 0,
  periods: 1,
  // a queue that nobody has used for hours reports nothing
  missing: 'notBreaching',
});
