import { Construct } from 'constructs';
import type { ITerraformDependable } from 'cdktf';
import { SqsQueue, type SqsQueueConfig } from '@cdktf/provider-aws/lib/sqs-queue';
import { SqsQueuePolicy } from '@cdktf/provider-aws/lib/sqs-queue-policy';
import type { Statement } from '../access/policy';
import type { IGrantee } from '../access/service-role';
import type { IClient, IUsable, Variables } from '../access/usable';
import type { Foundation } from '../foundation/foundation';
import { Alarms } from '../observability/alarms';
import { refusesDeletion, type LifeCycle } from '../settings/fields';
import { anyMessage, DEAD_LETTER_RETENTION_SECONDS } from './dead-letters';
import { isReceiver, type QueueAccess } from './queue-access';
import { queueArn, queueNames, queueVariable } from './queue-names';
import { eventsOfBuckets, queuePolicy } from './queue-policy';
import type { QueueSettings } from './queue-settings';

export interface QueueProps
  extends Pick<Foundation, 'naming' | 'alerts' | 'protection'>, QueueSettings, LifeCycle {
  readonly keys: Pick<Foundation['keys'], 'messages'>;
  /** ARNs of the buckets whose events S3 sends to it. @default none */
  readonly notifiedBy?: readonly string[];
}

/** What SQS takes for one message of one group, of the many that may share a queue. */
const HIGH_THROUGHPUT = { deduplicationScope: 'messageGroup', fifoThroughputLimit: 'perMessageGroupId' };
const NORMAL_THROUGHPUT = { deduplicationScope: 'queue', fifoThroughputLimit: 'perQueue' };

/**
 * A queue between services, encrypted with the region's key for messages. What was received too often and not deleted
 * goes to a queue of its own, from which only this one can get it back, and rings.
 */
export class Queue extends Construct implements IUsable<QueueAccess> {
  readonly queueName: string;
  readonly arn: string;
  /** By which it lets S3 in, which S3 tries as soon as it is told of the queue. */
  readonly policy: ITerraformDependable;
  private readonly url: string;
  private readonly names: ReturnType<typeof queueNames>;

  /** @param name what the settings call it, which is also the last part of its path */
  constructor(
    scope: Construct,
    private readonly name: string,
    private readonly props: QueueProps,
  ) {
    super(scope, name);
    const { naming, notifiedBy = [] } = props;
    this.names = queueNames(naming, name, props.fifo);
    const deadLetters = this.addDeadLetters();
    const queue = this.addQueue(deadLetters);
    this.queueName = this.names.queue;
    this.arn = queue.arn;
    this.url = queue.url;
    this.policy = new SqsQueuePolicy(this, 'Policy', {
      queueUrl: queue.url,
      policy: queuePolicy(
        queue.arn,
        notifiedBy.length > 0 ? [eventsOfBuckets(queue.arn, naming.place.account, notifiedBy)] : [],
      ),
    });
    this.addAlarms();
  }

  /** Takes no rule of a security group: `openAwsServices` has opened the way to SQS for every service. */
  letUse({ role }: IClient, access: QueueAccess): Variables {
    this.grant(role, access);
    return { [queueVariable(this.name)]: this.url };
  }

  /** Lets a role send to the queue, receive from it, or both. Nobody is let to change, purge or redrive it. */
  grant(to: IGrantee, access: QueueAccess): void {
    const sends = access !== 'receive';
    const receives = isReceiver(access);
    const statements: Statement[] = [
      {
        Action: [
          ...(receives ? ['sqs:ChangeMessageVisibility', 'sqs:DeleteMessage'] : []),
          'sqs:GetQueueAttributes',
          ...(receives ? ['sqs:ReceiveMessage'] : []),
          ...(sends ? ['sqs:SendMessage'] : []),
        ],
        Resource: this.arn,
      },
      {
        // SQS checks a data key by decrypting it, also for who sends
        Action: ['kms:Decrypt', ...(sends ? ['kms:GenerateDataKey'] : [])],
        Resource: this.props.keys.messages.arn,
      },
    ];
    to.allow(`${access}-queue-${this.name}`, statements);
  }

  private addQueue(deadLetters: SqsQueue): SqsQueue {
    const { fifo, maxReceiveCount, retentionDays } = this.props;
    return new SqsQueue(this, 'Queue', {
      ...this.common(),
      name: this.names.queue,
      ...(fifo && {
        contentBasedDeduplication: fifo.contentBasedDeduplication,
        ...(fifo.highThroughput ? HIGH_THROUGHPUT : NORMAL_THROUGHPUT),
      }),
      visibilityTimeoutSeconds: this.props.visibilityTimeoutSeconds,
      messageRetentionSeconds: retentionDays * 24 * 60 * 60,
      delaySeconds: this.props.delaySeconds,
      receiveWaitTimeSeconds: this.props.receiveWaitSeconds,
      redrivePolicy: JSON.stringify({ deadLetterTargetArn: deadLetters.arn, maxReceiveCount }),
    });
  }

  private addDeadLetters(): SqsQueue {
    const { naming } = this.props;
    const queue = new SqsQueue(this, 'DeadLetters', {
      ...this.common(),
      name: this.names.deadLetters,
      messageRetentionSeconds: DEAD_LETTER_RETENTION_SECONDS,
      redriveAllowPolicy: JSON.stringify({
        redrivePermission: 'byQueue',
        // made of names, since the queue refers to this one
        sourceQueueArns: [queueArn(naming, this.names.queue)],
      }),
    });
    new SqsQueuePolicy(this, 'DeadLettersPolicy', { queueUrl: queue.url, policy: queuePolicy(queue.arn) });
    return queue;
  }

  private common(): SqsQueueConfig {
    const { fifo, keys, maxMessageKiB } = this.props;
    return {
      ...(fifo && { fifoQueue: true }),
      kmsMasterKeyId: keys.messages.arn,
      maxMessageSize: maxMessageKiB * 1024,
      lifecycle: { preventDestroy: refusesDeletion(this.props) },
    };
  }

  private addAlarms(): void {
    const { alerts, oldestMessageMinutes } = this.props;
    const { queue, deadLetters } = this.names;
    const alarms = new Alarms(this, 'Alarms', this.names.alarms, alerts);
    alarms.add(
      'dead-letters',
      anyMessage(
        deadLetters,
        `Messages of ${queue} failed again and again. Read those in ${deadLetters} and the log of who receives them, mend that, then start a redrive.`,
      ),
    );
    alarms.add('not-received', {
      description: `The oldest message of ${queue} waits for more than ${oldestMessageMinutes} minutes. Look whether who receives it runs, and whether tasks.max is reached.`,
      namespace: 'AWS/SQS',
      metric: 'ApproximateAgeOfOldestMessage',
      dimensions: { QueueName: queue },
      statistic: 'Maximum',
      threshold: oldestMessageMinutes * 60,
      // a queue that nobody has used for hours reports nothing
      missing: 'notBreaching',
    });
  }
}
