import { Construct } from 'constructs';
import { ephemeralStorageUses } from '../compute/ephemeral-storage';
import type { Naming } from '../naming/naming';
import type { AdoptablePurpose, ExistingKeys } from './existing-keys';
import { Key, type KeyProps } from './key';

/**
 * The keys of one environment in one region, one for each purpose: whoever may read a log may not read a
 * database. Every region has its own, so that each can be used while the other is gone.
 */
export class RegionalKeys extends Construct {
  /** Databases, caches and the secrets of their masters. */
  readonly data: Key;
  /** Objects in S3. */
  readonly objects: Key;
  /** Parameters and secrets of services. */
  readonly parameters: Key;
  /** Temporary storage of tasks on Fargate. */
  readonly tasks: Key;
  /** Log groups. */
  readonly logs: Key;
  /** Alert topics. */
  readonly alerts: Key;
  /** Messages in queues. */
  readonly messages: Key;

  constructor(
    scope: Construct,
    id: string,
    private readonly naming: Naming,
    private readonly protection: boolean,
    private readonly existing: ExistingKeys = {},
  ) {
    super(scope, id);
    const { account, region } = naming.place;
    this.data = this.key('data', 'Databases, caches and the secrets of their masters', {
      via: ['rds', 'elasticache', 'secretsmanager'],
    });
    this.objects = this.key('objects', 'Objects in S3', { via: ['s3'] });
    this.parameters = this.key('parameters', 'Parameters and secrets of services', { via: ['ssm'] });
    this.tasks = this.key('tasks', 'Temporary storage of tasks on Fargate', {
      // no role uses it: only Fargate itself does
      via: [],
      usedBy: ephemeralStorageUses(naming),
    });
    this.logs = this.key('logs', 'Log groups', {
      via: ['logs'],
      usedBy: [
        {
          principal: `logs.${region}.amazonaws.com`,
          condition: {
            ArnLike: {
              'kms:EncryptionContext:aws:logs:arn': `arn:aws:logs:${region}:${account}:log-group:*`,
            },
          },
        },
      ],
    });
    this.alerts = this.key('alerts', 'Alert topics', {
      via: ['sns'],
      usedBy: [
        {
          // an alarm publishes as CloudWatch itself, and can only if CloudWatch may use the topic's key
          principal: 'cloudwatch.amazonaws.com',
          actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
          condition: { StringEquals: { 'aws:SourceAccount': account } },
        },
      ],
    });
    this.messages = this.key('messages', 'Messages in queues', {
      via: ['sqs'],
      usedBy: [
        {
          // S3 tells a queue of events as itself; which bucket may is up to the policy of the queue
          principal: 's3.amazonaws.com',
          actions: ['kms:Decrypt', 'kms:GenerateDataKey*'],
          condition: { StringEquals: { 'aws:SourceAccount': account } },
        },
      ],
    });
  }

  private key(purpose: string, description: string, use: Pick<KeyProps, 'via' | 'usedBy'>): Key {
    const { account, region } = this.naming.place;
    return new Key(this, purpose, {
      name: this.naming.regional(purpose),
      description,
      account,
      region,
      protection: this.protection,
      existing: this.existing[purpose as AdoptablePurpose]?.existing,
      ...use,
    });
  }
}
