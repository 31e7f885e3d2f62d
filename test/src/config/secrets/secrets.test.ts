import { problemLine } from '../../../../src/config/problem';
import { environments, shared } from '../../../fixtures/car-retail';
import { changed, problemsOf } from '../../../support/estate';

const { dev } = environments;
const remedy = 'take it out, replace it where it was issued, and set the new one with make secrets';

/** Put together here, so that no scanner takes this file for a leak. */
const join = (...parts: string[]) => parts.join('');

const SECRETS: [what: string, value: string][] = [
  ['an AWS access key id', join('AKIA', 'IOSFODNN7', 'EXAMPLE')],
  ['a private key', join('-----BEGIN RSA ', 'PRIVATE KEY-----\nMIIE')],
  ['a GitHub token', join('ghp_', 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8')],
  ['a Slack token', join('xoxb-', '123456789012-abcdefghij')],
  ['a Stripe key', join('sk_', 'live_', 'abcdefghijklmnop')],
  ['a signed token', join('eyJhbGciOiJI', '.eyJzdWIiOiIx', '.c2lnbmF0dXJl')],
  ['a password in a URL', join('mysql://root:', 'hunter22', '@db.example.com')],
  ['a secret written as name=value', join('Server=db;Pass', 'word=hunter22;')],
  ['a random key', join('wJalrXUtnFEMI/K7MDENG/', 'bPxRfiCYzEXAMPLEKEY')],
];

describe('a secret in a setting', () => {
  test.each(SECRETS)('%s is refused and never repeated', (what, value) => {
    const lines = problemsOf({
      shared,
      environments: { dev: changed(dev, { services: { inventory: { environment: { X: value } } } }) },
    });
    expect(lines).toEqual([
      `environments/dev.ts: services.inventory.environment.X must not hold ${what}; ${remedy}`,
    ]);
    expect(lines.join()).not.toContain(value);
  });

  test('is refused by the name of its key, and not repeated by the message about the key', () => {
    const lines = problemsOf({
      shared,
      environments: { dev: changed(dev, { databases: { orders: { masterPassword: 'hunter2!' } } }) },
    });
    expect(lines).toContain(
      `environments/dev.ts: databases.orders.masterPassword must not hold a secret; ${remedy}`,
    );
    expect(lines.join()).not.toContain('hunter2!');
  });

  test('is refused as a key, and not repeated in a path', () => {
    const value = join('AKIA', 'IOSFODNN7', 'EXAMPLE');
    const lines = problemsOf({ shared, environments: { dev: changed(dev, { tags: { [value]: 'x' } }) } });
    expect(lines).toContain(
      `environments/dev.ts: tags.(not shown) must not hold an AWS access key id; ${remedy}`,
    );
    expect(lines.join()).not.toContain(value);
  });

  test('is not repeated where the list of names is taken for the place of values', () => {
    const change = { services: { inventory: { secrets: ['API_KEY=Sup3rS3cret!'] } } };
    const lines = problemsOf({ shared, environments: { dev: changed(dev, change) } });
    expect(lines.length).toBeGreaterThan(0);
    expect(lines.join()).not.toContain('Sup3rS3cret!');
  });

  test('is not repeated where another rule refuses the value', () => {
    const value = join('AKIA', 'IOSFODNN7', 'EXAMPLE');
    const lines = problemsOf({ shared, environments: { dev: changed(dev, { account: value }) } });
    expect(lines).toContain(
      'environments/dev.ts: account must be 12 digits, got a value that is not shown; write it in quotes, with its leading zeros',
    );
    expect(lines.join()).not.toContain(value);
  });
});

describe('a secret is found wherever it is written', () => {
  const key = join('akia', 'iosfodnn7', 'example');

  test('in a blueprint, also where every environment says something else', () => {
    const blueprint = {
      ...dev.blueprint,
      alerts: { emails: [join('ghp_', 'a1B2c3D4e5F6g7H8i9J0k1L2m3N4o5P6q7R8')] },
    };
    const overrides = { ...dev.overrides, alerts: { emails: ['ops@example.com'] } };
    expect(problemsOf({ shared, environments: { dev: { blueprint, overrides } } })).toEqual([
      `environments/blueprint.ts: alerts.emails.0 must not hold a GitHub token; ${remedy}`,
    ]);
  });

  test('in the arguments of a command', () => {
    const change = { services: { inventory: { command: ['app', '--password', 'hunter2'] } } };
    expect(problemsOf({ shared, environments: { dev: changed(dev, change) } })).toEqual([
      `environments/dev.ts: services.inventory.command.2 must not hold a password of a command; ${remedy}`,
    ]);
  });

  test('in the name of an environment, which then is looked at no further', () => {
    expect(problemsOf({ shared, environments: { [key]: dev } })).toEqual([
      `environments/(not shown).ts: (not shown) must not hold an AWS access key id; ${remedy}`,
    ]);
  });

  test.each([
    ['buckets', { archiveAfterDays: 5 }],
    ['services', { image: 'x1', port: 80 }],
    ['databases', { engine: 'aurora-mysql', instanceClass: 'db.t4g.medium' }],
  ])('in the name of one of %s, and not repeated by what is made of that name', (kind, entry) => {
    const name = `${key}-with-a-tail`;
    const lines = problemsOf({ shared, environments: { dev: changed(dev, { [kind]: { [name]: entry } }) } });
    expect(lines).toContain(
      `environments/dev.ts: ${kind}.(not shown) must not hold an AWS access key id; ${remedy}`,
    );
    expect(lines.join()).not.toContain(key);
  });

  test('and is not repeated where a rule, a remedy or a file names it', () => {
    const line = problemLine({
      file: `environments/${key}.ts`,
      path: ['buckets', key],
      rule: `make a bucket name of at most 63 characters, and "dev-${key}" has 70`,
      value: [key],
      remedy: `did you mean "${key}"?`,
    });
    expect(line).toBe(
      'environments/(not shown).ts: buckets.(not shown) must make a bucket name of at most 63 characters, and "dev-(not shown)" has 70, got a value that is not shown; did you mean "(not shown)"?',
    );
  });
});

describe('what is no secret', () => {
  test.each([
    'inventory',
    'https://example.com/path?x=1',
    'arn:aws:iam::111111111111:role/x',
    '/prod/inventory/TOKEN',
    'a-long-name-of-a-thing-that-is-still-a-name',
    `sha256:${'ab12'.repeat(16)}`,
  ])('%s passes', (value) => {
    expect(
      problemsOf({
        shared,
        environments: { dev: changed(dev, { services: { inventory: { environment: { X: value } } } }) },
      }),
    ).toEqual([]);
  });
});
