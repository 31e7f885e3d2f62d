import { Construct } from 'constructs';
import { EcrLifecyclePolicy } from '@cdktf/provider-aws/lib/ecr-lifecycle-policy';
import { EcrRepository } from '@cdktf/provider-aws/lib/ecr-repository';
import { EcrRepositoryPolicy } from '@cdktf/provider-aws/lib/ecr-repository-policy';
import { policyDocument } from '../access/policy';
import type { IKey } from '../encryption/key';

/** An environment whose services run images of the registry. */
export interface Puller {
  /** Twelve digits. */
  readonly account: string;
  readonly environment: string;
}

export interface ImageRepositoryProps {
  /** Name of the repository, which is the name of the image. */
  readonly name: string;
  /** The key of the region that is for images. */
  readonly key: IKey;
  /** Who may pull. @default the empty list lets in nobody but the registry's own account */
  readonly pullers: readonly Puller[];
  /** Whether it refuses to be deleted. Without, it is deleted with all images. */
  readonly protection: boolean;
}

/** Days that an image without a tag is kept. */
const UNTAGGED_DAYS = 30;

/**
 * The images of one program. A tag never moves to another image; environments run an image by its digest.
 *
 * Images are scanned by the repository when they come. The scanning of a whole registry, by Inspector, is a
 * setting of the account that is billed by image, and takes the place of this one where it is on.
 */
export class ImageRepository extends Construct {
  readonly url: string;
  private readonly repositoryName: string;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: ImageRepositoryProps,
  ) {
    super(scope, id);
    const repository = this.addRepository();
    this.url = repository.repositoryUrl;
    this.repositoryName = repository.name;
    this.expireUntagged();
    if (props.pullers.length > 0) this.letPull();
  }

  private addRepository(): EcrRepository {
    const { name, key, protection } = this.props;
    return new EcrRepository(this, 'Repository', {
      name,
      imageTagMutability: 'IMMUTABLE',
      imageScanningConfiguration: { scanOnPush: true },
      encryptionConfiguration: [{ encryptionType: 'KMS', kmsKey: key.arn }],
      forceDelete: !protection,
      lifecycle: { preventDestroy: protection },
    });
  }

  /**
   * A tagged image is one that an environment may run or go back to: none of them ever expires. The parts of an
   * image for several platforms have no tags of their own, and ECR keeps them as long as the whole.
   */
  private expireUntagged(): void {
    new EcrLifecyclePolicy(this, 'LifecyclePolicy', {
      repository: this.repositoryName,
      policy: JSON.stringify({
        rules: [
          {
            rulePriority: 1,
            description: `Images without a tag expire after ${UNTAGGED_DAYS} days`,
            selection: {
              tagStatus: 'untagged',
              countType: 'sinceImagePushed',
              countUnit: 'days',
              countNumber: UNTAGGED_DAYS,
            },
            action: { type: 'expire' },
          },
        ],
      }),
    });
  }

  /**
   * For the roles that start tasks, named by pattern: a policy that names a role is refused while the role does
   * not exist, and an environment comes after the registry. Layers are decrypted by a grant that ECR itself
   * holds, so that nobody who pulls needs the key.
   */
  private letPull(): void {
    const { pullers } = this.props;
    const accounts = [...new Set(pullers.map(({ account }) => account))];
    new EcrRepositoryPolicy(this, 'Policy', {
      repository: this.repositoryName,
      policy: policyDocument([
        {
          Sid: 'PullByEnvironments',
          Principal: { AWS: accounts.map((account) => `arn:aws:iam::${account}:root`) },
          Action: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
          Condition: { ArnLike: { 'aws:PrincipalArn': pullers.map(executionRoles) } },
        },
      ]),
    });
  }
}

/** Names of roles are `<environment>-<service>-execution-<region>`. */
const executionRoles = ({ account, environment }: Puller) =>
  `arn:aws:iam::${account}:role/${environment}-*-execution-*`;
