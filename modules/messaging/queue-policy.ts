import { policyDocument, type Statement } from '../access/policy';

/** Nobody is exempt, AWS's own services included. SQS has no condition for the version of TLS. */
const onlyByTls = (arn: string): Statement => ({
  Sid: 'NothingWithoutTls',
  Effect: 'Deny',
  Principal: '*',
  Action: 'sqs:*',
  Resource: arn,
  Condition: { Bool: { 'aws:SecureTransport': 'false' } },
});

/** The policy of a queue. Roles of the account are let in by their own policies, and others by these statements alone. */
export const queuePolicy = (arn: string, statements: readonly Statement[] = []): string =>
  policyDocument([onlyByTls(arn), ...statements]);

/** Lets S3 say what happens in buckets of the account. */
export const eventsOfBuckets = (arn: string, account: string, bucketArns: readonly string[]): Statement => ({
  Sid: 'EventsOfBuckets',
  Principal: { Service: 's3.amazonaws.com' },
  Action: 'sqs:SendMessage',
  Resource: arn,
  Condition: {
    // the account too: a bucket's ARN does not name it, and its name could go to somebody else
    StringEquals: { 'aws:SourceAccount': account },
    ArnEquals: { 'aws:SourceArn': bucketArns },
  },
});
