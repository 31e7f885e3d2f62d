import { OUTSIDE_PROVIDERS } from '../../../modules/network/outside-providers';
import {
  namesOf,
  outsideNames,
  outsideRules,
  outsideSettings,
} from '../../../modules/network/outside-settings';

const parsed = (input: object) => outsideSettings.parse(input);
const refusals = (input: object) =>
  (outsideSettings.safeParse(input).error?.issues ?? []).map(
    ({ path, message }) => `${path.join('.')} ${message}`,
  );
const problems = (input: object) =>
  outsideRules
    .problems('x', parsed(input), { production: true, regions: [], domain: undefined })
    .map(({ path, rule, remedy }) => `${path.join('.')} must ${rule}; ${remedy}`);

describe('something outside of AWS', () => {
  test('is called on 443 unless it says otherwise', () => {
    expect(parsed({ names: ['api.example.com'] })).toEqual({ names: ['api.example.com'], ports: [443] });
  });

  test.each(['api.example.com', '*.example.com', 'a-b.c1.example.co', 'xn--bcher-kva.example'])(
    'may have the name %s',
    (name) => {
      expect(refusals({ names: [name] })).toEqual([]);
    },
  );

  const SHAPE =
    'be a host name in small letters, or all below one; write it like api.example.com or *.example.com';
  test.each([
    ['https://example.com', SHAPE],
    ['Example.com', SHAPE],
    ['api.*.example.com', SHAPE],
    ['*', SHAPE],
    ['example', SHAPE],
    ['10.0.0.1', SHAPE],
    ['example.com.', SHAPE],
    ['*.com', SHAPE],
  ])('may not have the name %s', (name, message) => {
    expect(refusals({ names: [name] })).toEqual([`names.0 ${message}`]);
  });

  test.each([
    // of registries
    ...['*.co.uk', '*.com.br'],
    // of hosts of others' sites
    ...[
      '*.github.io',
      '*.vercel.app',
      '*.cloudfront.net',
      '*.us-east-1.elasticbeanstalk.com',
      '*.herokuapp.com',
    ],
    // of clouds, above and beside what the list of suffixes has
    ...['*.amazonaws.com', '*.s3.us-east-1.amazonaws.com', '*.s3.xx-new-9.amazonaws.com', '*.on.aws'],
    ...['*.core.windows.net', '*.blob.core.windows.net'],
  ])('may not have the name %s, below which anybody can have one', (name) => {
    expect(refusals({ names: [name] })).toEqual([
      'names.0 not stand for names that anybody can have; name the host',
    ]);
  });

  test.each([
    'shop.co.uk',
    '*.shop.co.uk',
    'shop.github.io',
    '*.shop.github.io',
    'x.s3.us-east-1.amazonaws.com',
  ])('may have the name %s, which one owner has', (name) => {
    expect(refusals({ names: [name] })).toEqual([]);
  });

  test.each([
    [{ names: ['a.example', 'a.example'] }, ['names.1 be in the list once; take the second one out']],
    [{ names: ['a.example'], ports: [] }, ['ports have a port; write it like [443]']],
  ])('is refused as %j', (input, lines) => {
    expect(refusals(input)).toEqual(lines);
  });

  test('takes no other port', () => {
    expect(refusals({ names: ['a.example'], ports: [22] })).toHaveLength(1);
  });

  test.each([
    [{}, ['names must name something; say names, or a provider']],
    [
      { provider: 'auth0' },
      ["account must be a tenant's domain of auth0; write it like your-tenant.us.auth0.com"],
    ],
    [
      { provider: 'auth0', account: 'evil.example' },
      ["account must be a tenant's domain of auth0; write it like your-tenant.us.auth0.com"],
    ],
    [
      { provider: 'algolia', account: '*' },
      ['account must be an application id of algolia; write it like YOURAPPID1'],
    ],
    [
      { provider: 'slack', account: 'us' },
      ['account must not be there: the names of slack are the same for everybody; take it out'],
    ],
    [{ names: ['a.example'], account: 'us' }, ['account must come with a provider; take it out']],
    [{ provider: 'auth0', account: 'shop.eu.auth0.com' }, []],
    [{ provider: 'algolia', account: 'AB12CD34EF' }, []],
  ])('as %j: %j', (input, lines) => {
    expect(problems(input)).toEqual(lines);
  });
});

describe('the names of', () => {
  test.each([
    [
      { provider: 'algolia', account: 'AB12CD34EF' },
      [
        'ab12cd34ef-1.algolianet.com',
        'ab12cd34ef-2.algolianet.com',
        'ab12cd34ef-3.algolianet.com',
        'ab12cd34ef-dsn.algolia.net',
        'ab12cd34ef.algolia.net',
      ],
    ],
    [{ provider: 'auth0', account: 'shop.eu.auth0.com' }, ['shop.eu.auth0.com']],
    [{ provider: 'bitbucket' }, ['api.bitbucket.org', 'bitbucket.org']],
    [{ provider: 'bugsnag' }, ['notify.bugsnag.com', 'sessions.bugsnag.com']],
    [{ provider: 'new-relic' }, ['*.newrelic.com', '*.nr-data.net']],
    [
      { provider: 'slack', names: ['wss-primary.slack.com'] },
      ['files.slack.com', 'hooks.slack.com', 'slack.com', 'wss-primary.slack.com'],
    ],
  ])('%j are %j', (input, names) => {
    expect(namesOf(parsed(input))).toEqual(names);
  });

  test('every provider are names that an entry could say itself', () => {
    for (const [provider, { names }] of Object.entries(OUTSIDE_PROVIDERS)) {
      expect(refusals({ names: [...names('shop.eu.auth0.com')] }), provider).toEqual([]);
    }
  });

  test('several entries are each there once, by the port that they are called on', () => {
    const entries = [
      parsed({ names: ['b.example', 'a.example'] }),
      parsed({ names: ['a.example'], ports: [443, 80] }),
      parsed({ names: ['c.example'], ports: [80] }),
    ];
    expect(outsideNames(entries)).toEqual({
      https: ['a.example', 'b.example'],
      http: ['a.example', 'c.example'],
    });
  });
});
