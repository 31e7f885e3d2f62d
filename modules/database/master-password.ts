import { Construct } from 'constructs';
import { SecretsmanagerSecret } from '@cdktf/provider-aws/lib/secretsmanager-secret';
import { SecretsmanagerSecretVersion } from '@cdktf/provider-aws/lib/secretsmanager-secret-version';
import type { IKey } from '../encryption/key';
import type { Foundation } from '../foundation/foundation';
import { MASTER_USERNAME } from './aurora-mysql-names';
import { EphemeralResource } from './ephemeral-resource';

export interface MasterPasswordProps {
  /** Path of the secret that holds it. */
  readonly secretName: string;
  /** Whose password it is. */
  readonly username: string;
  /** The key of the region that is for data. */
  readonly key: IKey;
  /** Another number makes another password. */
  readonly version: number;
  /** Whether the secret can be brought back for 30 days after its deletion. */
  readonly protection: boolean;
}

/** That of the master user of a database. */
export const addMasterPassword = (
  scope: Construct,
  secretName: string,
  {
    keys,
    passwordVersion,
    protection,
  }: Pick<Foundation, 'keys' | 'protection'> & { readonly passwordVersion: number },
): MasterPassword =>
  new MasterPassword(scope, 'MasterPassword', {
    secretName,
    username: MASTER_USERNAME,
    key: keys.data,
    version: passwordVersion,
    protection,
  });

/**
 * A password that AWS makes up and that only Secrets Manager and the database know, for where RDS does not
 * manage one itself. The secret has the form of those that RDS manages.
 */
export class MasterPassword extends Construct {
  readonly secretArn: string;
  /** An expression for a write-only argument: the stored password, read back at each run. */
  readonly value: string;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: MasterPasswordProps,
  ) {
    super(scope, id);
    const secret = this.addSecret();
    this.secretArn = secret.arn;
    this.value = this.readBack(this.store(secret));
  }

  private addSecret(): SecretsmanagerSecret {
    const { secretName, key, protection } = this.props;
    return new SecretsmanagerSecret(this, 'Secret', {
      name: secretName,
      description: 'Master user of a database; applications have users of their own',
      kmsKeyId: key.arn,
      // while a deleted secret waits, its name is taken: what may go at any time must be able to come back
      recoveryWindowInDays: protection ? 30 : 0,
    });
  }

  /** Each run draws another random password, and this one is written only when the version is raised. */
  private store(secret: SecretsmanagerSecret): SecretsmanagerSecretVersion {
    const { username, version } = this.props;
    const random = new EphemeralResource(this, 'RandomPassword', 'aws_secretsmanager_random_password', {
      // RDS takes 41 characters of Aurora MySQL at most, and not every punctuation mark
      password_length: 40,
      exclude_punctuation: true,
    }).attribute('random_password');
    return new SecretsmanagerSecretVersion(this, 'SecretVersion', {
      secretId: secret.id,
      secretStringWo: `\${jsonencode({ username = "${username}", password = ${random} })}`,
      secretStringWoVersion: version,
    });
  }

  /** Not the random one: a run that failed half-way would leave a password in the database that nobody knows. */
  private readBack(stored: SecretsmanagerSecretVersion): string {
    const current = new EphemeralResource(this, 'Stored', 'aws_secretsmanager_secret_version', {
      // of the version, not of the secret, so that it is read after it has been written
      secret_id: stored.secretId,
    }).attribute('secret_string');
    return `\${jsondecode(${current}).password}`;
  }
}
