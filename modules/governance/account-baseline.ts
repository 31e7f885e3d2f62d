import { Construct } from 'constructs';
import { S3AccountPublicAccessBlock } from '@cdktf/provider-aws/lib/s3-account-public-access-block';

export interface AccountBaselineProps {
  /** Twelve digits. */
  readonly account: string;
}

/** What exists once in an account, whichever environments share it. */
export class AccountBaseline extends Construct {
  constructor(scope: Construct, id: string, { account }: AccountBaselineProps) {
    super(scope, id);
    this.closeBuckets(account);
  }

  /** Each bucket has its own block; this one is for buckets that are made by hand, and for blocks that are removed. */
  private closeBuckets(account: string): void {
    new S3AccountPublicAccessBlock(this, 'PublicAccessBlock', {
      accountId: account,
      blockPublicAcls: true,
      blockPublicPolicy: true,
      ignorePublicAcls: true,
      restrictPublicBuckets: true,
    });
  }
}
