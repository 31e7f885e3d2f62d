import type { Construct } from 'constructs';
import { ServiceRole } from '../access/service-role';
import type { Foundation } from '../foundation/foundation';
import type { LogGroup } from '../observability/log-group';
import type { ContainerSettings } from './container-settings';
import { secretsPath } from './parameter-names';

export interface ExecutionRoleProps
  extends Pick<Foundation, 'naming' | 'keys' | 'permissionsBoundary'>, Pick<ContainerSettings, 'secrets'> {
  /** Repositories of the images of its containers. */
  readonly images: readonly string[];
  /** Whose tasks it starts: the name in the settings, under which its secrets are. */
  readonly name: string;
  /** Unique in the account. */
  readonly roleName: string;
  /** What it starts, for whoever finds it in the console. @default the tasks of `name` */
  readonly description?: string;
  /** Host name of the registry: `<account>.dkr.ecr.<region>.amazonaws.com`. */
  readonly registry: string;
  readonly logGroup: LogGroup;
}

/** What ECS does on behalf of a service before its program runs: pull the image, open the log, read the secrets. */
export class ExecutionRole extends ServiceRole {
  /** @throws if the registry is none of ECR's */
  constructor(scope: Construct, id: string, props: ExecutionRoleProps) {
    const { naming, name, roleName, description, secrets } = props;
    const { account } = naming.place;
    super(scope, id, {
      name: roleName,
      description: description ?? `Starts the tasks of ${name}`,
      service: 'ecs-tasks.amazonaws.com',
      account,
      sourceArn: tasksArn(naming),
      permissionsBoundary: props.permissionsBoundary,
    });
    this.mayPull(props);
    this.mayLog(props);
    if (secrets.length > 0) this.mayReadSecrets(props);
  }

  private mayPull({ registry, images }: ExecutionRoleProps): void {
    const [, account, region] = /^(\d{12})\.dkr\.ecr\.([a-z0-9-]+)\.amazonaws\.com$/.exec(registry) ?? [];
    if (account === undefined || region === undefined) {
      throw new Error(
        `${this.node.path}: registry must be a host name of ECR, got ${registry}; write it like 111122223333.dkr.ecr.us-east-1.amazonaws.com`,
      );
    }
    const repositories = images.map((image) => `arn:aws:ecr:${region}:${account}:repository/${image}`);
    const [one, ...others] = repositories;
    this.allow('pull-image', [
      // it takes no resource
      { Action: 'ecr:GetAuthorizationToken', Resource: '*' },
      {
        Action: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
        Resource: one !== undefined && others.length === 0 ? one : repositories,
      },
    ]);
  }

  private mayLog({ logGroup }: ExecutionRoleProps): void {
    this.allow('write-log', [
      { Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: `${logGroup.arn}:*` },
    ]);
  }

  /** Parameter Store names the parameter to KMS, so that the key opens no other service's secrets. */
  private mayReadSecrets({ naming, keys, name }: ExecutionRoleProps): void {
    const { environment, account, region } = naming.place;
    const own = `arn:aws:ssm:${region}:${account}:parameter${secretsPath(environment, name)}/*`;
    this.allow('read-secrets', [
      { Action: 'ssm:GetParameters', Resource: own },
      {
        Action: 'kms:Decrypt',
        Resource: keys.parameters.arn,
        Condition: { StringLike: { 'kms:EncryptionContext:PARAMETER_ARN': own } },
      },
    ]);
  }
}

/** On whose behalf ECS assumes the roles of tasks. It names no single cluster or task there. */
export const tasksArn = ({ place: { account, region } }: Foundation['naming']) =>
  `arn:aws:ecs:${region}:${account}:*`;
