import { variableName } from '../../../modules/access/usable';

describe('the variable by which a program finds a thing', () => {
  test.each([
    ['DATABASE_ORDERS_HOST', ['DATABASE', 'orders', 'HOST']],
    ['BUCKET_MEDIA', ['BUCKET', 'media']],
    ['CACHE_WEB_SESSIONS_PORT', ['CACHE', 'web-sessions', 'port']],
  ] as const)('is %s for %j', (expected, [kind, name, what]: readonly [string, string, string?]) => {
    expect(variableName(kind, name, what)).toBe(expected);
  });
});
