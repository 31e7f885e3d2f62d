import { LOG_RETENTION_DAYS, LogGroup } from '../../../modules/observability/log-group';
import { synth } from '../../support/harness';
import { resolved } from '../../support/resolved';

const KEY = { arn: 'arn:aws:kms:us-east-1:111122223333:key/1', grantDecrypt: () => undefined };
const PROPS = { name: '/test/services/inventory', retentionDays: 30, key: KEY };

describe('a log group', () => {
  test('is encrypted and does not keep for ever', () => {
    const out = synth((stack) => void new LogGroup(stack, 'Log', PROPS));
    expect(out.addresses).toEqual(['aws_cloudwatch_log_group.log']);
    expect(out.at('aws_cloudwatch_log_group.log')).toMatchObject({
      name: '/test/services/inventory',
      retention_in_days: 30,
      kms_key_id: KEY.arn,
    });
  });

  test('tells its name and ARN', () => {
    expect(
      resolved((stack) => {
        const { name, arn } = new LogGroup(stack, 'Log', PROPS);
        return { name, arn };
      }),
    ).toEqual({ name: '${aws_cloudwatch_log_group.log.name}', arn: '${aws_cloudwatch_log_group.log.arn}' });
  });

  test('keeps for a number of days that CloudWatch knows, the longest for ten years', () => {
    expect([...LOG_RETENTION_DAYS]).toEqual([...LOG_RETENTION_DAYS].sort((a, b) => a - b));
    expect(LOG_RETENTION_DAYS.at(-1)).toBe(3653);
    for (const never of [0, 2, 31, 366]) expect(LOG_RETENTION_DAYS).not.toContain(never);
  });
});
