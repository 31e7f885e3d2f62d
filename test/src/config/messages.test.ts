import { environments, shared } from '../../fixtures/car-retail';
import { nextFreeRange, overlaps } from '../../../modules/network/address-plan';
import { printable } from '../../../src/config/problem';
import { changed, problemsOf } from '../../support/estate';

const { dev, qa, beta, prod } = environments;
const devWith = (overrides: object) =>
  problemsOf({
    shared,
    environments: {
      // without hours: what they ask of databases is replaced by what a test says of them
      dev: { blueprint: dev.blueprint, overrides: { ...dev.overrides, hours: undefined, ...overrides } },
    },
  });

describe('characters that nobody sees are written out', () => {
  test.each([
    ['\u202e', '\\u{202e}'],
    ['\u2066', '\\u{2066}'],
    ['\u200b', '\\u{200b}'],
    ['\ufeff', '\\u{feff}'],
    ['\u00ad', '\\u{ad}'],
    ['\u3164', '\\u{3164}'],
    ['\u{e0041}', '\\u{e0041}'],
    ['\u2028', '\\u{2028}'],
    ['\n', '\\u{a}'],
    ['\u001b', '\\u{1b}'],
    ['\ud800', '\\u{d800}'],
    ['ä 漢 😀 …', 'ä 漢 😀 …'],
  ])('%j', (character, shown) => {
    expect(printable(`a${character}b`)).toBe(`a${shown}b`);
  });

  test('in keys and in values', () => {
    expect(devWith({ 'data\u202ebases': {}, account: '1\u200b' })).toEqual([
      'environments/dev.ts: account must be 12 digits, got "1\\u{200b}"; write it in quotes, with its leading zeros',
      'environments/dev.ts: data\\u{202e}bases must be a setting that exists; did you mean "databases"?',
    ]);
  });
});

describe('null', () => {
  const rule = 'must remove something that the blueprint has, got null;';
  const nothing = 'take it out, or write a value: the blueprint does not set it';

  test.each([
    ['account', { account: null }, nothing],
    ['domain', { domain: null }, nothing],
    [
      'databases.orders.backupRetentionDays',
      { databases: { orders: { backupRetentionDays: null } } },
      nothing,
    ],
    [
      'databases.orders.instanceClas',
      { databases: { orders: { instanceClas: null } } },
      'did you mean "instanceClass"?',
    ],
    ['services.inventory.image.length', { services: { inventory: { image: { length: null } } } }, nothing],
    ['caches.pages', { caches: { pages: null } }, 'there is sessions'],
  ])('of %s removes nothing, and is the only line about it', (path, overrides, remedy) => {
    const lines = devWith(overrides).filter((line) => line.includes(`: ${path} `));
    expect(lines).toEqual([`environments/dev.ts: ${path} ${rule} ${remedy}`]);
  });

  test('of what a service of the blueprint uses is told to whoever removed it', () => {
    expect(devWith({ databases: { orders: null } })).toEqual([
      'environments/dev.ts: databases.orders must stay while services.inventory uses it, got null; leave it out of services.inventory.uses.databases too',
      'environments/dev.ts: databases.orders must stay while services.indexer uses it, got null; leave it out of services.indexer.uses.databases too',
    ]);
  });
});

describe('the name of an environment', () => {
  test.each([
    ['Dev-1', 'dev1'],
    ['x', 'envx'],
    ['2nd', 'nd'],
    ['a-very-long-name', 'averylongnam'],
    ['', 'env'],
    ['ümlaut', 'mlaut'],
    ['shared', 'envshared'],
    ['aws', 'envaws'],
    ['ssmtest', 'envssmtest'],
    ['AWS', 'envaws'],
    ['constructor', 'envconstruct'],
  ])('%s is refused with one line that proposes %s', (name, proposed) => {
    const lines = problemsOf({ shared, environments: { [name]: dev } });
    expect(lines).toEqual([
      expect.stringContaining(`; rename the environment, for example to "${proposed}"`),
    ]);
  });

  test('is proposed so that no other environment has it', () => {
    const lines = problemsOf({ shared, environments: { dev1: dev, envdev1: qa, 'Dev-1': beta } });
    expect(lines).toEqual([expect.stringContaining('for example to "envdev12"')]);
  });
});

test('ranges that overlap are each given another free one, also when all are taken at once', () => {
  const cidrOf = (name: string) => ({ regions: { 'us-east-1': { network: { cidr: name } } } });
  const same = [qa, beta, prod].map((one) => changed(one, cidrOf('10.10.0.0/16')));
  const [qaToo, betaToo, prodToo] = same as [typeof qa, typeof beta, typeof prod];
  const lines = problemsOf({ shared, environments: { dev, qa: qaToo, beta: betaToo, prod: prodToo } });
  const told = lines.map((line) => / take (\S+), the next free range$/.exec(line)?.[1] ?? line);
  expect(lines).toHaveLength(3);
  expect(told.some((one, index) => told.some((other, at) => at !== index && overlaps(one, other)))).toBe(
    false,
  );
  const followed = {
    dev,
    qa: changed(qa, cidrOf(told[0] ?? '')),
    beta: changed(beta, cidrOf(told[1] ?? '')),
    prod: changed(prod, cidrOf(told[2] ?? '')),
  };
  expect(problemsOf({ shared, environments: followed })).toEqual([]);
  expect(nextFreeRange(16, ['10.10.0.0/16'], '10.10.0.0')).toBe('10.11.0.0/16');
});

test('a range that overlaps several others is given one free range', () => {
  const cidr = (value: string) => ({ regions: { 'us-east-1': { network: { cidr: value } } } });
  const lines = problemsOf({
    shared,
    environments: {
      dev: changed(dev, { regions: { 'us-east-1': { network: { cidr: '10.12.0.0/18' } } } }),
      qa: changed(qa, cidr('10.12.64.0/18')),
      beta: changed(beta, cidr('10.12.0.0/16')),
    },
  });
  const told = lines.map((line) => / take (\S+),/.exec(line)?.[1]);
  expect(told.length).toBeGreaterThan(1);
  expect(new Set(told).size).toBe(1);
});

test('countries that are none are refused by their place in the list', () => {
  expect(devWith({ sites: { shop: { countries: { allow: ['GB', 'UK'] } } } })).toContain(
    'environments/dev.ts: sites.shop.countries.allow.1 must be a country of ISO 3166-1 in two capitals, got "UK"; write it like US, DE or GB',
  );
});

test.each([
  [{ block: 'US' }, 'countries.block must be a list, got "US"'],
  [
    { allow: ['US'], block: ['CA'] },
    'countries must say either allow or block, got {"allow":["US"],"block":["CA"]}',
  ],
  [{}, 'countries must say either allow or block, got {}'],
])('countries are said one way: %j', (countries, line) => {
  const lines = devWith({ sites: { shop: { countries } } }).filter((one) => one.includes('countries'));
  expect(lines).toEqual([expect.stringContaining(`environments/dev.ts: sites.shop.${line}`)]);
});
