import { Construct } from 'constructs';
import { Key } from '../encryption/key';
import { PrivateBucket } from '../storage/private-bucket';

export interface StateBucketProps {
  /** Unique in the world. */
  readonly bucketName: string;
  /** Alias of its key without `alias/`. */
  readonly keyName: string;
  /** Twelve digits. */
  readonly account: string;
  readonly region: string;
}

/**
 * Where Terraform keeps the states of one scope in one region. Always protected: without its state, nothing
 * that Terraform has made can be changed by it.
 */
export class StateBucket extends Construct {
  readonly bucketName: string;

  constructor(scope: Construct, id: string, { bucketName, keyName, account, region }: StateBucketProps) {
    super(scope, id);
    const key = new Key(this, 'Key', {
      name: keyName,
      description: 'States of Terraform',
      account,
      region,
      via: ['s3'],
      protection: true,
    });
    this.bucketName = new PrivateBucket(this, 'Bucket', {
      bucketName,
      key,
      protection: true,
      // a state that was damaged is found out late; of one that never changes, old versions cost nothing
      keepVersionsDays: 365,
      keepVersionsCount: 100,
    }).bucketName;
  }
}
