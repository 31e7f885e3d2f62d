import type { Statement } from '../access/policy';
import { pipelineRoleArn } from '../delivery/pipeline-names';
import type { Naming } from '../naming/naming';
import { replicationRolePattern } from './bucket-names';

export interface VpcOnlyProps {
  readonly naming: Naming;
  /** The VPC that objects are read and written from. */
  readonly vpcId: string;
  /** ARNs of roles that may do so from anywhere. */
  readonly exemptRoles: readonly string[];
}

/**
 * Denies objects to whoever asks from outside of the VPC, whatever else allows it. Only actions on objects: the policy
 * itself, and whatever else belongs to the bucket, can still be changed from anywhere by who may, so that nobody is
 * locked out for good. Names of objects can be listed.
 *
 * By the VPC and not by its endpoint: one that is made anew has another id, and until the policy follows nothing could
 * be read.
 *
 * @param name what the settings call the bucket
 */
export function vpcOnly(bucketArn: string, name: string, props: VpcOnlyProps): Statement {
  return {
    Sid: 'ObjectsFromVpcOnly',
    Effect: 'Deny',
    Principal: '*',
    // of all actions those that are about an object
    Action: 's3:*',
    Resource: `${bucketArn}/*`,
    Condition: {
      // holds also where there is no VPC, as over the internet
      StringNotEquals: { 'aws:SourceVpc': props.vpcId },
      // what AWS does by itself, as CloudFront and the delivery of logs, and what it does for somebody, as Athena
      BoolIfExists: { 'aws:PrincipalIsAWSService': 'false', 'aws:ViaAWSService': 'false' },
      ArnNotLike: { 'aws:PrincipalArn': [...rolesOutside(name, props)] },
    },
  };
}

/** Roles that work on buckets from outside of the VPC. In a condition they need not exist. */
function rolesOutside(name: string, { naming, exemptRoles }: VpcOnlyProps): string[] {
  const { account, environment } = naming.place;
  const role = (path: string) => `arn:aws:iam::${account}:role/${path}`;
  return [
    pipelineRoleArn(account, environment, 'plan'),
    // empties the bucket when it goes
    pipelineRoleArn(account, environment, 'apply'),
    // S3 replicates as this role, and reads and writes in every region; adding one must not change this bucket
    role(replicationRolePattern(naming, name)),
    // the role that AWS Backup makes for itself
    role('service-role/AWSBackupDefaultServiceRole'),
    ...exemptRoles,
  ];
}
