import { synthDatabase, type Built } from './database-under-test';

const built: Built = { globalCluster: 'primary' };
const ADDRESS = 'databases_orders_master-password';

type Ephemeral = Record<string, Record<string, Record<string, unknown>>>;
const ephemeralOf = (change: Built = {}) =>
  synthDatabase({ ...built, ...change }).json['ephemeral'] as Ephemeral;

describe('the password of a master', () => {
  test('is drawn by AWS, in a length and in letters that RDS takes', () => {
    expect(ephemeralOf()['aws_secretsmanager_random_password']).toEqual({
      [ADDRESS]: { password_length: 40, exclude_punctuation: true },
    });
  });

  test('goes into the secret by a write-only argument, in the form of those that RDS manages', () => {
    expect(synthDatabase(built).at(`aws_secretsmanager_secret_version.${ADDRESS}`)).toMatchObject({
      secret_id: `\${aws_secretsmanager_secret.${ADDRESS}.id}`,
      secret_string_wo: `\${jsonencode({ username = "admin", password = ephemeral.aws_secretsmanager_random_password.${ADDRESS}.random_password })}`,
      secret_string_wo_version: 1,
    });
  });

  test('is read back of the stored version, so that secret and database never differ', () => {
    expect(ephemeralOf()['aws_secretsmanager_secret_version']).toEqual({
      [`${ADDRESS}_stored`]: { secret_id: `\${aws_secretsmanager_secret_version.${ADDRESS}.secret_id}` },
    });
  });

  test('is another one when its version is raised, in the secret and in the database', () => {
    const out = synthDatabase({ ...built, settings: { passwordVersion: 2 } });
    expect(out.at(`aws_secretsmanager_secret_version.${ADDRESS}`)['secret_string_wo_version']).toBe(2);
    expect(out.at('aws_rds_cluster.databases_orders')['master_password_wo_version']).toBe(2);
  });

  test('is of one database alone, however many there are', () => {
    const names = ['orders', 'users'];
    expect(Object.keys(ephemeralOf({ names })['aws_secretsmanager_random_password'] ?? {})).toEqual([
      'databases_orders_master-password',
      'databases_users_master-password',
    ]);
    const users = synthDatabase({ ...built, names }).at('aws_rds_cluster.databases_users');
    expect(users['master_password_wo']).toContain('databases_users_master-password_stored');
  });

  test('does not exist where RDS manages it or the primary has it', () => {
    expect(synthDatabase().json).not.toHaveProperty('ephemeral');
    expect(synthDatabase({ globalCluster: 'secondary' }).json).not.toHaveProperty('ephemeral');
  });

  test('can be brought back for 30 days where the environment is protected, else is gone at once', () => {
    const windowOf = (protection: boolean) =>
      synthDatabase({ ...built, foundation: { protection } }).at(`aws_secretsmanager_secret.${ADDRESS}`)[
        'recovery_window_in_days'
      ];
    expect([true, false].map(windowOf)).toEqual([30, 0]);
  });
});
