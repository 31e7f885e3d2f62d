import { AlertTopic } from '../../../modules/observability/alert-topic';
import { ACCOUNT, synth } from '../../support/harness';
import { resolved } from '../../support/resolved';
import { statementsOf } from '../../support/statements';

const KEY = { arn: 'arn:aws:kms:us-east-1:111122223333:key/1', grantDecrypt: () => undefined };
const PROPS = { name: 'test-alerts', account: ACCOUNT, key: KEY };
const synthTopic = (emails?: string[]) =>
  synth((stack) => void new AlertTopic(stack, 'Alerts', { ...PROPS, ...(emails && { emails }) }));

describe('the topic of alerts', () => {
  test('is encrypted, and nobody hears of it by default', () => {
    const out = synthTopic();
    expect(out.addresses).toEqual(['aws_sns_topic.alerts', 'aws_sns_topic_policy.alerts']);
    expect(out.at('aws_sns_topic.alerts')).toMatchObject({
      name: 'test-alerts',
      kms_master_key_id: KEY.arn,
    });
  });

  test('takes messages from alarms of this account alone', () => {
    const { arn, policy } = synthTopic().at('aws_sns_topic_policy.alerts');
    expect(arn).toBe('${aws_sns_topic.alerts.arn}');
    expect(statementsOf(policy)).toEqual([
      {
        Sid: 'AlarmsOfThisAccount',
        Effect: 'Allow',
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Action: 'sns:Publish',
        Resource: '${aws_sns_topic.alerts.arn}',
        Condition: { StringEquals: { 'aws:SourceAccount': ACCOUNT } },
      },
    ]);
  });

  test('is heard by every mail address, whose order changes nothing', () => {
    const out = synthTopic(['ops@example.com', 'dev@example.com']);
    expect(out.addresses).toEqual([
      'aws_sns_topic.alerts',
      'aws_sns_topic_policy.alerts',
      'aws_sns_topic_subscription.alerts_mail-dev-example-com',
      'aws_sns_topic_subscription.alerts_mail-ops-example-com',
    ]);
    expect(out.at('aws_sns_topic_subscription.alerts_mail-ops-example-com')).toMatchObject({
      topic_arn: '${aws_sns_topic.alerts.arn}',
      protocol: 'email',
      endpoint: 'ops@example.com',
    });
  });

  test('tells its ARN', () => {
    expect(resolved((stack) => new AlertTopic(stack, 'Alerts', PROPS).arn)).toBe(
      '${aws_sns_topic.alerts.arn}',
    );
  });
});
