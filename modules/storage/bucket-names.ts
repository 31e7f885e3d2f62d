import { Naming } from '../naming/naming';
import type { ExistingBucket } from './existing-bucket';

/** What a bucket is called in AWS: its own name where it stands already. */
export const bucketNameOf = (naming: Naming, name: string, existing?: Pick<ExistingBucket, 'name'>): string =>
  existing?.name ?? naming.worldWide(name);

/** S3 names buckets in no region and no account. */
export const bucketArn = (bucketName: string) => `arn:aws:s3:::${bucketName}`;

/** The role as which S3 replicates a bucket out of a region. */
export const replicationRoleName = (naming: Naming, name: string) =>
  naming.accountWide(`${name}-replication`);

/** The same for any region, as a pattern of IAM. */
export const replicationRolePattern = ({ place }: Naming, name: string) =>
  replicationRoleName(new Naming({ ...place, region: '??-*-?' }), name);
