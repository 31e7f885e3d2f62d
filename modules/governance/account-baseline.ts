import { Construct } from 'constructs';
import { IamAccountPasswordPolicy } from '@cdktf/provider-aws/lib/iam-account-password-policy';
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
    this.askMoreOfPasswords();
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

  /**
   * Nobody here makes IAM users: people come by roles. This is for users that stand already, or are made by hand. Length
   * and reuse are those of CIS AWS Foundations 1.8 and 1.9; a password that ends is changed at the next sign-in, so that
   * it locks nobody out.
   * https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html
   */
  private askMoreOfPasswords(): void {
    new IamAccountPasswordPolicy(this, 'PasswordPolicy', {
      minimumPasswordLength: 14,
      requireLowercaseCharacters: true,
      requireUppercaseCharacters: true,
      requireNumbers: true,
      requireSymbols: true,
      passwordReusePrevention: 24,
      maxPasswordAge: 90,
      hardExpiry: false,
      allowUsersToChangePassword: true,
    });
  }
}
