import { statementsOf } from '../../support/statements';
import { synthCache, type Built } from './cache-under-test';

const USER_GROUP = 'aws_elasticache_user_group.caches_sessions_users';

describe('the users of a cache', () => {
  test('are the only ones who can sign in', () => {
    const out = synthCache();
    expect(out.at(USER_GROUP)).toMatchObject({ user_group_id: 'test-sessions', engine: 'valkey' });
    expect(out.at('aws_elasticache_replication_group.caches_sessions')['user_group_ids']).toEqual([
      `\${${USER_GROUP}.user_group_id}`,
    ]);
  });

  test('join by associations, which the group must not undo', () => {
    expect(synthCache().at(USER_GROUP)).toHaveProperty('lifecycle', { ignore_changes: ['user_ids'] });
  });

  test('are none by default with Valkey, which takes no user without a password', () => {
    const out = synthCache();
    expect(out.at(USER_GROUP)).not.toHaveProperty('user_ids');
    expect(out.resource['aws_elasticache_user']).toBeUndefined();
  });

  test('have one who may do nothing with Redis OSS, which wants a default user', () => {
    const out = synthCache({ settings: { engine: 'redis' } });
    const address = 'aws_elasticache_user.caches_sessions_users_default-user';
    expect(out.at(USER_GROUP)).toMatchObject({ engine: 'redis', user_ids: [`\${${address}.user_id}`] });
    const user = out.at(address);
    expect(user).toMatchObject({
      user_id: 'test-sessions-default',
      user_name: 'default',
      engine: 'redis',
      no_password_required: true,
      access_string: 'off ~keys* -@all +get',
    });
    expect(user).not.toHaveProperty('authentication_mode');
    expect(Object.keys(out.resource['aws_elasticache_user'] ?? {})).toHaveLength(1);
  });
});

describe('a service that uses a cache', () => {
  const built: Built = { clients: ['inventory'] };

  test('adds no more than two rules, a permission and its user', () => {
    const before = synthCache().addresses;
    expect(synthCache(built).addresses.filter((address) => !before.includes(address))).toEqual([
      'aws_elasticache_user.inventory_cache-sessions',
      'aws_elasticache_user_group_association.inventory_cache-sessions',
      'aws_iam_role.inventory',
      'aws_iam_role_policy.inventory_role_connect-cache-sessions',
      'aws_security_group.inventory_connections',
      'aws_vpc_security_group_egress_rule.inventory_connections_to-caches-sessions-6379',
      'aws_vpc_security_group_ingress_rule.inventory_connections_to-caches-sessions-6379',
    ]);
  });

  test('reaches it on its port, and it alone', () => {
    const out = synthCache(built);
    const rule = {
      ip_protocol: 'tcp',
      from_port: 6379,
      to_port: 6379,
      description: 'Keeps what is needed often in cache sessions',
    };
    const service = '${aws_security_group.inventory_connections.id}';
    const cache = '${aws_security_group.caches_sessions_connections.id}';
    const path = 'inventory_connections_to-caches-sessions-6379';
    expect(out.at(`aws_vpc_security_group_egress_rule.${path}`)).toMatchObject({
      ...rule,
      security_group_id: service,
      referenced_security_group_id: cache,
    });
    expect(out.at(`aws_vpc_security_group_ingress_rule.${path}`)).toMatchObject({
      ...rule,
      security_group_id: cache,
      referenced_security_group_id: service,
    });
  });

  test.each(['valkey', 'redis'] as const)('has a user of its own that signs in by IAM: %s', (engine) => {
    const out = synthCache({ ...built, settings: { engine } });
    const user = out.at('aws_elasticache_user.inventory_cache-sessions');
    expect(user).toMatchObject({
      user_id: 'test-sessions-inventory',
      user_name: 'test-sessions-inventory',
      engine,
      authentication_mode: { type: 'iam' },
    });
    expect(user).not.toHaveProperty('passwords');
    expect(out.at('aws_elasticache_user_group_association.inventory_cache-sessions')).toMatchObject({
      user_group_id: `\${${USER_GROUP}.user_group_id}`,
      user_id: '${aws_elasticache_user.inventory_cache-sessions.user_id}',
    });
  });

  test('may use every key and channel, and nothing that is dangerous but INFO', () => {
    expect(synthCache(built).at('aws_elasticache_user.inventory_cache-sessions')['access_string']).toBe(
      'on ~* &* -@all +@read +@write +@connection +@transaction +@pubsub +@scripting -@dangerous +info',
    );
  });

  test('may connect to this cache as this user', () => {
    const policy = synthCache(built).at('aws_iam_role_policy.inventory_role_connect-cache-sessions');
    expect(policy['name']).toBe('connect-cache-sessions');
    expect(statementsOf(policy['policy'])).toEqual([
      {
        Effect: 'Allow',
        Action: 'elasticache:Connect',
        Resource: [
          '${aws_elasticache_replication_group.caches_sessions.arn}',
          '${aws_elasticache_user.inventory_cache-sessions.arn}',
        ],
      },
    ]);
  });

  test('is told where the cache is and who it is there', () => {
    expect(synthCache(built).output['for-inventory']?.['value']).toEqual({
      CACHE_SESSIONS_HOST: '${aws_elasticache_replication_group.caches_sessions.primary_endpoint_address}',
      CACHE_SESSIONS_PORT: '6379',
      CACHE_SESSIONS_USER: '${aws_elasticache_user.inventory_cache-sessions.user_name}',
      CACHE_SESSIONS_REPLICATION_GROUP_ID: 'test-sessions',
    });
  });

  test('is told where to read only if there are replicas', () => {
    expect(
      synthCache({ ...built, settings: { replicas: 1 } }).output['for-inventory']?.['value'],
    ).toHaveProperty(
      'CACHE_SESSIONS_READER_HOST',
      '${aws_elasticache_replication_group.caches_sessions.reader_endpoint_address}',
    );
  });

  test('shares the cache with others, each as itself', () => {
    const users = synthCache({ clients: ['inventory', 'accounts'] }).resource['aws_elasticache_user'] ?? {};
    expect(Object.values(users).map((user) => user['user_id'])).toEqual([
      'test-sessions-accounts',
      'test-sessions-inventory',
    ]);
  });
});
