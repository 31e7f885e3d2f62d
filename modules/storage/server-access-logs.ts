import type { Construct } from 'constructs';
import { S3BucketLoggingA } from '@cdktf/provider-aws/lib/s3-bucket-logging';
import type { ILogBucket } from './log-bucket';
import { accessLogPrefix } from './log-prefixes';

/** What is written down of each request to a bucket: who asked for what, from where, and how it went. */
export const serverAccessLogs = (
  scope: Construct,
  { name, bucketName, logBucket }: { name: string; bucketName: string; logBucket: ILogBucket },
): S3BucketLoggingA =>
  new S3BucketLoggingA(scope, 'Logging', {
    bucket: bucketName,
    targetBucket: logBucket.bucketName,
    targetPrefix: accessLogPrefix(name),
    // by account, region, bucket and day, as Athena partitions it
    targetObjectKeyFormat: { partitionedPrefix: { partitionDateSource: 'EventTime' } },
  });
