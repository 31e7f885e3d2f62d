import { looksSecret, secretIn, secretsIn } from '../../../../src/config/secrets/secrets';

/** Put together here, so that no scanner takes this file for a leak. */
const join = (...parts: string[]) => parts.join('');
const HEX = '9f86d081884c7d659a2feaa0c55ad015';
const HEX_64 = join(HEX, 'a3bf4f1b2b0b822cd15d6c15b0f00a08');
const COMMIT = '3b18e512dba79e4c8300dd08aeb37f8e728b8dad';
const AWS_SECRET = join('wJalrXUtnFEMI/K7MDENG/', 'bPxRfiCYzEXAMPLEKEY');
const A = 'a secret';
const NAMED = 'a secret written as name=value';
const RANDOM = 'a random key';
const HEADER = 'an authorization header';

describe('a secret is known by its key or by itself', () => {
  test.each([
    ['DB_PASS', 'hunter2', A],
    ['dbPass', 'hunter2', A],
    ['db-pass', 'hunter2', A],
    ['MYSQL_PWD', 'hunter2', A],
    ['PASSWORD', 'hunter2', A],
    ['PASSWORD', '12345678', A],
    ['PASSWORD', 'password', A],
    ['PASSWORD', 'login', A],
    ['PASSWORD1', 'hunter2', A],
    ['PASSWORD_2', 'hunter2', A],
    ['PASSWORD_HASH', '$2b$10$hunter', A],
    ['PGPASSWORD', 'hunter2', A],
    ['dbpassword', 'hunter2', A],
    ['REDIS_AUTH', 'hunter2', A],
    ['redisAuth', 'hunter2', A],
    ['JWT_KEY', 'hunter2', A],
    ['SIGNING_KEY', 'hunter2', A],
    ['signing-key', 'hunter2', A],
    ['ENCRYPTION_KEY', 'hunter2', A],
    ['API_KEY', 'hunter2', A],
    ['ApiKey', 'hunter2', A],
    ['APIKEY', 'hunter2', A],
    ['X-Api-Key', 'hunter2', A],
    ['SECRET_KEY_BASE', 'abc123abc123', A],
    ['CLIENT_SECRET_VALUE', 'hunter2', A],
    ['ORDERS_SECRET_VALUE', 'hunter2', A],
    ['clientSecret', 'hunter2', A],
    ['client_secret', 'hunter2', A],
    ['client-secret', 'hunter2', A],
    ['clientsecret', 'hunter2', A],
    ['ACCESS_TOKEN', 'hunter2', A],
    ['ACCESS_TOKENS', 'hunter22', A],
    ['STORE_KEY', 'a1b2c3d4e5', A],
    ['DB_CREDENTIALS', 'root:hunter2', A],
    ['PASSWORD_SALT', 'pepper', A],
    ['X', HEX_64, RANDOM],
    ['X', HEX_64.toUpperCase(), RANDOM],
    ['X', `0x${HEX_64}`, RANDOM],
    ['X', `key ${HEX_64}`, RANDOM],
    ['X', COMMIT, RANDOM],
    ['X', AWS_SECRET, RANDOM],
    ['X', `use ${AWS_SECRET} for now`, RANDOM],
    ['X', `key=${AWS_SECRET}`, RANDOM],
    ['X', 'k3q9x0zt7m2vp8wl5ha1ncy6bjr4dsgu', RANDOM],
    ['X', '{"password":"hunter2"}', 'a secret in JSON'],
    ['X', '{"password":12345678}', 'a secret in JSON'],
    ['X', '[{"db":{"clientSecret":"hunter2"}}]', 'a secret in JSON'],
    ['X', '{"args":["--password","hunter2"]}', 'a secret in JSON'],
    ['X', '{ password: hunter2 }', NAMED],
    ['X', 'password: hunter2\nuser: root', NAMED],
    ['X', 'Server=db;Password=hunter2;', NAMED],
    ['X', '-Dspring.datasource.password=hunter2', NAMED],
    ['X', 'https://example.com/?token=hunter2', NAMED],
    ['X', 'PGPASSWORD=hunter2 psql', NAMED],
    ['X', join('Basic cm9vdDp', 'odW50ZXIy'), HEADER],
    ['X', join('Authorization: Basic cm9vdDp', 'odW50ZXIy'), HEADER],
    ['X', 'Bearer abcdef0123456789', HEADER],
    ['X', join('mysql://root:', 'hunter2', '@db.example.com'), 'a password in a URL'],
    ['X', join('redis://:', 'hunter2', '@cache.example.com'), 'a password in a URL'],
    ['X', join('akia', 'iosfodnn7', 'example'), 'an AWS access key id'],
    ['X', join('glpat-', 'a1B2c3D4e5F6g7H8i9J0'), 'a GitLab token'],
    ['X', join('hf_', 'a1B2c3D4e5F6g7H8i9J0a1B2c3D4e5'), 'a Hugging Face token'],
    ['X', 'mysql -u root -phunter2 orders', 'a password of a command'],
    ['X', 'redis-cli -a hunter2 ping', 'a password of a command'],
  ])('%s: %s', (key, value, what) => {
    expect(secretIn(value, ['services', 'inventory', 'environment', key])).toBe(what);
    expect(looksSecret({ [key]: value }, [])).toBe(true);
  });
});

describe('what only sounds like a secret passes', () => {
  test.each([
    ['USE_TOKEN', 'true'],
    ['USE_PASSWORD', 'false'],
    ['TOKEN_TTL', '3600'],
    ['TOKEN_TTL', '15m'],
    ['TOKEN', 'PT1H'],
    ['MAX_TOKENS', '4096'],
    ['PASSWORD_MIN_LENGTH', '12'],
    ['PASSWORD_POLICY', 'strict'],
    ['SECRET_NAME', '/dev/x'],
    ['SECRET_NAME', 'orders-db'],
    ['SECRET', '/prod/inventory/TOKEN'],
    ['SECRET_ARN', 'arn:aws:secretsmanager:us-east-1:111111111111:secret:orders-AbCdEf'],
    ['SECRET', 'arn:aws:secretsmanager:us-east-1:111111111111:secret:orders-AbCdEf'],
    ['PASSWORD_FILE', '/run/secrets/db'],
    ['API_KEY_HEADER', 'X-Api-Key'],
    ['apiKeyHeader', 'X-Api-Key'],
    ['TOKEN_URL', 'https://auth.example.com/oauth/token'],
    ['TOKEN_ISSUER', 'https://auth.example.com'],
    ['TOKEN', 'https://auth.example.com/oauth/token'],
    ['PASSWORD', '$DB_PASSWORD'],
    ['AUTH', 'none'],
    ['AUTH', 'jwt'],
    ['AUTH_MODE', 'hunter'],
    ['AUTH0_DOMAIN', 'example.auth0.com'],
    ['PASS_THROUGH', 'headers'],
    ['COMPASS', 'north'],
    ['TOKENIZER', 'words'],
    ['PARTITION_KEY', 'customer1id'],
    ['CACHE_KEY', 'orders'],
    ['KMS_KEY', 'alias/orders'],
    ['PUBLIC_KEY', 'MFkwEwYHKoZIzj0'],
    ['SECRET_SANTA_DAY', 'monday'],
    ['DIGEST', HEX_64],
    ['X', `sha256:${HEX_64}`],
    ['X', `registry/app@sha256:${HEX_64}`],
    ['COMMIT', COMMIT],
    ['GIT_REVISION', COMMIT],
    ['appVersion', COMMIT],
    ['X', '0'.repeat(64)],
    ['X', '6ba7b810-9dad-11d1-80b4-00c04fd430c8'],
    ['X', 'AVeryLongNameOfAClassWithWords2AndDigits'],
    ['X', 'a-long-name-of-a-thing-in-us-east-1-that-is-still-a-name'],
    ['X', '/Prod/Inventory2/Settings3/OfTheService/V2'],
    ['X', 'https://example.com/path?page=1&token_type=bearer'],
    ['X', 'http://user@example.com:8080/a:b@c'],
    ['X', '{"port":8080,"tokenTtl":"1h"}'],
    ['X', '{not json'],
    ['X', '['.repeat(50_000) + ']'.repeat(50_000)],
    ['X', 'Basic authentication'],
    ['X', 'Bearer tokens'],
    ['X', 'LOG_LEVEL=debug;MODE=fast'],
    ['X', 'mysql -u root -p$DB_PASSWORD'],
    ['X', 'docker run -u 1000:1000 app'],
    ['X', 'mkdir -p build'],
    ['X', 'curl --token-file /run/token https://example.com'],
    ['X', 'PASSWORD=$DB_PASSWORD run'],
    ['X', ''],
  ])('%s: %s', (key, value) => {
    expect(secretIn(value, ['services', 'inventory', 'environment', key])).toBeUndefined();
    expect(looksSecret({ [key]: value }, [])).toBe(false);
  });
});

describe('a password in a command', () => {
  test.each([
    [['app', '--password', 'hunter2'], 2],
    [['app', '--password=hunter2'], 1],
    [['app', '--db-password', 'hunter2'], 2],
    [['app', '--api-key', 'hunter2'], 2],
    [['/usr/bin/mysql', '-u', 'root', '-phunter2'], 3],
    [['mysqldump', '-phunter2', 'orders'], 1],
    [['mongosh', '-p', 'hunter2'], 2],
    [['curl', '-u', 'root:hunter2', 'https://example.com'], 2],
    [['curl', '-uroot:hunter2', 'https://example.com'], 1],
    [['curl', '--user', 'root:hunter2'], 2],
    [['env', 'PGPASSWORD=hunter2', 'psql'], 1],
    [['sh', '-c', 'mysql -phunter2 < orders.sql'], 2],
    [['CMD-SHELL', 'redis-cli -a hunter2 ping'], 1],
  ])('%j is found', (command, at) => {
    expect(secretsIn({ command })).toEqual([expect.objectContaining({ path: ['command', String(at)] })]);
  });

  test.each([
    [['app', '--password', '$DB_PASSWORD']],
    [['app', '--password-file', '/run/secrets/db']],
    [['app', '--password', '--verbose']],
    [['docker', 'login', '--password-stdin']],
    [['mysql', '-p', 'orders']],
    [['mkdir', '-parents']],
    [['node', '-p', 'process.version']],
    [['app', '-u', '1000:1000']],
    [['app', '-u', 'https://example.com']],
    [['wget', '-qO-', 'localhost:8080/health']],
    [['app', '--port', '8080', '--token-ttl', '60']],
  ])('%j passes', (command) => {
    expect(secretsIn({ command })).toEqual([]);
  });
});
