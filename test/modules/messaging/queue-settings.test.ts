import type { z } from 'zod';
import { queueRules, queueSettings } from '../../../modules/messaging/queue-settings';
import { naming } from '../../support/harness';

type Input = z.input<typeof queueSettings>;
const regions = [
  { name: 'us-east-1', role: 'primary' },
  { name: 'us-west-2', role: 'standby' },
] as const;
const problems = (input: Input, production = false) =>
  queueRules
    .problems('prices', queueSettings.parse(input), { production, regions, domain: undefined })
    .map(({ path, rule, remedy }) => `${path.join('.')} must ${rule}; ${remedy}`);

describe('settings of a queue', () => {
  test('have these defaults', () => {
    expect(queueSettings.parse({})).toEqual({
      visibilityTimeoutSeconds: 60,
      maxReceiveCount: 5,
      retentionDays: 4,
      delaySeconds: 0,
      receiveWaitSeconds: 20,
      maxMessageKiB: 256,
      oldestMessageMinutes: 15,
    });
    expect(queueSettings.parse({ fifo: {} }).fifo).toEqual({
      contentBasedDeduplication: false,
      highThroughput: true,
    });
  });

  test.each<Input>([
    { visibilityTimeoutSeconds: 0 },
    { visibilityTimeoutSeconds: 43_201 },
    { maxReceiveCount: 0 },
    { maxReceiveCount: 1001 },
    { retentionDays: 0 },
    // dead letters are kept for 14 days
    { retentionDays: 14 },
    { delaySeconds: 901 },
    { receiveWaitSeconds: 21 },
    { maxMessageKiB: 1025 },
    { oldestMessageMinutes: 0 },
  ])('refuse what SQS would: %o', (input) => {
    expect(queueSettings.safeParse(input).error?.issues).toHaveLength(1);
  });
});

describe('a queue', () => {
  test.each<[Input, string]>([
    [
      { maxReceiveCount: 1 },
      'maxReceiveCount must be at least 2 in production; raise it: a task that is lost would make dead letters of what it had received',
    ],
    [
      { retentionDays: 3 },
      'retentionDays must be at least 4 in production; raise it, so that what comes in on a weekend is there on Monday',
    ],
  ])('is refused in production alone: %o', (input, line) => {
    expect(problems(input, true)).toEqual([line]);
    expect(problems(input)).toEqual([]);
  });

  test.each<[Input, string]>([
    [
      { oldestMessageMinutes: 1440, retentionDays: 1 },
      'oldestMessageMinutes must be below 1440, the minutes of retentionDays: no message gets that old; lower it, or raise retentionDays',
    ],
    [
      { oldestMessageMinutes: 15, delaySeconds: 900 },
      'oldestMessageMinutes must be above delaySeconds, 900 seconds, that each message waits at least; raise it, or lower delaySeconds',
    ],
  ])('has no alarm that always rings or never can: %o', (input, line) => {
    expect(problems(input)).toEqual([line]);
  });

  test('asks for the names of both queues, with their ending', () => {
    const namesOf = (input: Input) => queueRules.names('prices', queueSettings.parse(input), naming);
    expect(namesOf({})).toEqual([
      { kind: 'queue', name: 'test-prices' },
      { kind: 'queue', name: 'test-prices-dead-letters' },
    ]);
    expect(namesOf({ fifo: {} })).toEqual([
      { kind: 'queue', name: 'test-prices.fifo' },
      { kind: 'queue', name: 'test-prices-dead-letters.fifo' },
    ]);
  });
});
