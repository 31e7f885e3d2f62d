import { Construct } from 'constructs';
import { AccessanalyzerAnalyzer } from '@cdktf/provider-aws/lib/accessanalyzer-analyzer';
import { EbsDefaultKmsKey } from '@cdktf/provider-aws/lib/ebs-default-kms-key';
import { EbsEncryptionByDefault } from '@cdktf/provider-aws/lib/ebs-encryption-by-default';
import { EbsSnapshotBlockPublicAccess } from '@cdktf/provider-aws/lib/ebs-snapshot-block-public-access';
import { EcsAccountSettingDefault } from '@cdktf/provider-aws/lib/ecs-account-setting-default';
import { Ec2ImageBlockPublicAccess } from '@cdktf/provider-aws/lib/ec2-image-block-public-access';
import { Ec2InstanceMetadataDefaults } from '@cdktf/provider-aws/lib/ec2-instance-metadata-defaults';
import { Ec2SerialConsoleAccess } from '@cdktf/provider-aws/lib/ec2-serial-console-access';
import { Key } from '../encryption/key';

export interface RegionBaselineProps {
  /** Twelve digits. */
  readonly account: string;
  readonly region: string;
}

/** What exists once in each region of an account, whichever environments share it. */
export class RegionBaseline extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: RegionBaselineProps,
  ) {
    super(scope, id);
    this.encryptVolumes();
    this.keepSnapshots();
    this.keepImages();
    this.closeSerialConsole();
    this.findForeignAccess();
    this.guardInstanceRoles();
    this.trunkNetworkInterfaces();
  }

  /** A volume that says nothing is encrypted, and with a key whose policy and use one can see. */
  private encryptVolumes(): void {
    const { account, region } = this.props;
    const key = new Key(this, 'Volumes', {
      name: `account-${account}-volumes`,
      description: 'EBS volumes and snapshots that name no key of their own',
      account,
      region,
      // volumes are attached through EC2, for the account's roles
      via: ['ec2'],
      // and by Auto Scaling as itself, for the instances that it starts
      usedByRoles: [
        {
          roleArn: `arn:aws:iam::${account}:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling`,
        },
      ],
      // without the key every volume and snapshot under it is lost, whoever made it
      protection: true,
    });
    new EbsEncryptionByDefault(this, 'EncryptionByDefault', { enabled: true });
    new EbsDefaultKmsKey(this, 'DefaultKey', { keyArn: key.arn });
  }

  /** Also those that were shared before. A snapshot is a whole disk, and to share it takes one call. */
  private keepSnapshots(): void {
    new EbsSnapshotBlockPublicAccess(this, 'SnapshotBlockPublicAccess', { state: 'block-all-sharing' });
  }

  /** Those that are public already stay so: AWS has no state that takes them back. */
  private keepImages(): void {
    new Ec2ImageBlockPublicAccess(this, 'ImageBlockPublicAccess', { state: 'block-new-sharing' });
  }

  /** A way into instances that no security group, endpoint or route stands before. It is off unless somebody turned it on. */
  private closeSerialConsole(): void {
    new Ec2SerialConsoleAccess(this, 'SerialConsole', { enabled: false });
  }

  /**
   * Finds what lets somebody outside of the account in: buckets, keys, queues, roles, snapshots, secrets, whoever made
   * them. Costs nothing, other than analyzers of unused or internal access. AWS takes one in a region of an account.
   * https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-settings.html
   */
  private findForeignAccess(): void {
    const { account } = this.props;
    new AccessanalyzerAnalyzer(this, 'Analyzer', { analyzerName: `account-${account}`, type: 'ACCOUNT' });
  }

  /**
   * Instances that say nothing hand out the credentials of their role only for a session token, which a forged
   * request cannot fetch, and not beyond the first hop, behind which containers are.
   */
  private guardInstanceRoles(): void {
    new Ec2InstanceMetadataDefaults(this, 'InstanceMetadataDefaults', {
      httpTokens: 'required',
      httpPutResponseHopLimit: 1,
    });
  }

  /**
   * Each task has a network interface of its own, and an instance few of them: a large one runs 2 tasks without
   * this, and 10 with it. It holds for instances that start afterwards.
   * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/container-instance-eni.html
   */
  private trunkNetworkInterfaces(): void {
    new EcsAccountSettingDefault(this, 'Trunking', { name: 'awsvpcTrunking', value: 'enabled' });
  }
}
