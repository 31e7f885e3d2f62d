import { Construct } from 'constructs';
import { SnsTopic } from '@cdktf/provider-aws/lib/sns-topic';
import { SnsTopicPolicy } from '@cdktf/provider-aws/lib/sns-topic-policy';
import { SnsTopicSubscription } from '@cdktf/provider-aws/lib/sns-topic-subscription';
import { policyDocument } from '../access/policy';
import type { IKey } from '../encryption/key';

/** Where alarms go. Alarms reach topics of their own region only. */
export interface IAlertTopic {
  readonly arn: string;
  /** Name of an alarm while which rings nobody is told of others. @default they are told of at any hour */
  readonly asleep?: string | undefined;
}

export interface AlertTopicProps {
  /** Name of the topic, unique in its region. */
  readonly name: string;
  readonly account: string;
  /** The key of the region that is for alerts. */
  readonly key: IKey;
  /** Mail addresses that hear of every alarm; each has to confirm once. @default none */
  readonly emails?: readonly string[];
}

/** The topic that every alarm of an environment in a region notifies. */
export class AlertTopic extends Construct implements IAlertTopic {
  readonly arn: string;

  constructor(scope: Construct, id: string, props: AlertTopicProps) {
    super(scope, id);
    const topic = new SnsTopic(this, 'Topic', { name: props.name, kmsMasterKeyId: props.key.arn });
    this.arn = topic.arn;
    this.allowAlarms(props.account);
    for (const email of props.emails ?? []) this.subscribe(email);
  }

  private allowAlarms(account: string): void {
    new SnsTopicPolicy(this, 'Policy', {
      arn: this.arn,
      policy: policyDocument([
        {
          Sid: 'AlarmsOfThisAccount',
          Principal: { Service: 'cloudwatch.amazonaws.com' },
          Action: 'sns:Publish',
          Resource: this.arn,
          Condition: { StringEquals: { 'aws:SourceAccount': account } },
        },
      ]),
    });
  }

  private subscribe(email: string): void {
    new SnsTopicSubscription(this, `Mail ${email}`, {
      topicArn: this.arn,
      protocol: 'email',
      endpoint: email,
    });
  }
}
