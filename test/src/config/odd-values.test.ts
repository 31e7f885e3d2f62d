import { environments, shared } from '../../fixtures/car-retail';
import type { EnvironmentFile } from '../../../src/config/define';
import { environmentsOf } from '../../../src/config/load';
import { problemsOf } from '../../support/estate';

const { dev } = environments;
const withOverrides = (overrides: object) =>
  problemsOf({
    shared,
    environments: {
      // without hours: what they ask of databases is replaced by what a test says of them
      dev: { blueprint: dev.blueprint, overrides: { ...dev.overrides, hours: undefined, ...overrides } },
    },
  });
const PLAIN = 'must be text, a number, true, false, a list or a map';
const OUT = 'write its settings out';

const throwing = (): never => {
  throw new Error('boom');
};
const trap = new Proxy({}, { get: throwing, ownKeys: throwing, getPrototypeOf: throwing, has: throwing });
class Tags {
  readonly Owner = 'me';
}
const inDepth = (levels: number): object => (levels === 0 ? {} : { in: inDepth(levels - 1) });

describe('settings that are no plain values get one line', () => {
  test.each<[string, object, string]>([
    ['a getter that throws', Object.defineProperty({}, 'tags', { get: throwing, enumerable: true }), ''],
    ['a proxy', { tags: trap }, `tags ${PLAIN}, got a Proxy; ${OUT}`],
    [
      'a proxy of a list',
      { alerts: { emails: new Proxy([], { get: throwing }) } },
      `alerts.emails ${PLAIN}, got a Proxy; ${OUT}`,
    ],
    ['a Map', { tags: new Map([['Owner', 'me']]) }, `tags ${PLAIN}, got an instance of Map; ${OUT}`],
    ['a Date', { tags: { Since: new Date(0) } }, `tags.Since ${PLAIN}, got an instance of Date; ${OUT}`],
    ['an instance of a class', { tags: new Tags() }, `tags ${PLAIN}, got an instance of Tags; ${OUT}`],
    [
      'a prototype in a literal',
      { tags: { __proto__: { Owner: 'me' } } },
      `tags ${PLAIN}, got a map that sets __proto__; ${OUT}`,
    ],
    [
      'a symbol as a key',
      { tags: { [Symbol('x')]: 'me' } },
      'tags must have text for its keys, got a symbol; write the key in letters',
    ],
    [
      'a toJSON that throws',
      { tags: { toJSON: throwing } },
      'tags.toJSON must be text in quotes, got function; correct it',
    ],
    ['a list of a bigint', { domain: [1n] }, 'domain must be text in quotes, got ["1"]; correct it'],
    [
      'a function',
      { domain: new Proxy(throwing, { get: throwing }) },
      'domain must be text in quotes, got function; correct it',
    ],
    ['a symbol', { domain: Symbol('x') }, 'domain must be text in quotes, got symbol; correct it'],
  ])('%s', (_title, overrides, line) => {
    const copy = Object.defineProperties({ ...dev.overrides }, Object.getOwnPropertyDescriptors(overrides));
    const lines = problemsOf({
      shared,
      environments: { dev: { blueprint: dev.blueprint, overrides: copy } },
    });
    const expected =
      line || 'tags must be a value that can be read, got a getter that throws; write the value out';
    expect(lines).toContainEqual(expect.stringContaining(`environments/dev.ts: ${expected}`));
    expect(lines.filter((one) => !one.includes('services.inventory.public'))).toHaveLength(1);
  });

  test('more levels than a setting has are not followed', () => {
    expect(withOverrides({ tags: { Owner: inDepth(20_000) } })[0]).toBe(
      `environments/dev.ts: tags.Owner.${'in.'.repeat(30)}in must lie at most 32 levels deep; take it out`,
    );
  });

  test('an object without a prototype is a map, and no name', () => {
    const services = { inventory: { uses: { databases: [Object.create(null)] } } };
    const lines = withOverrides({ services });
    expect(lines).toContain(
      'environments/dev.ts: services.inventory.uses.databases.0 must be text in quotes, got {}; correct it',
    );
    expect(withOverrides({ tags: Object.assign(Object.create(null), { Owner: 'me' }) as object })).toEqual(
      [],
    );
  });
});

describe('names that every object has are refused', () => {
  const rule = 'must not be named like something that every object of JavaScript has; choose another name';
  const entry = { engine: 'aurora-mysql', instanceClass: 'db.t4g.medium' };

  test.each(['constructor', 'prototype', 'toString', '__proto__', 'hasOwnProperty', 'valueOf'])(
    '%s',
    (name) => {
      const named = (value: unknown): object => JSON.parse(`{"${name}":${JSON.stringify(value)}}`) as object;
      expect(withOverrides({ databases: named(entry) })).toEqual([
        `environments/dev.ts: databases.${name} ${rule}`,
      ]);
      expect(withOverrides(named('x'))).toEqual([`environments/dev.ts: ${name} ${rule}`]);
      expect(withOverrides({ databases: named(null) })).toEqual([
        `environments/dev.ts: databases.${name} ${rule}`,
      ]);
      const uses = { databases: [name] };
      expect(withOverrides({ services: { inventory: { uses } } })).toContainEqual(
        expect.stringContaining('services.inventory.uses.databases.0 must name one of databases, got'),
      );
    },
  );

  test('as an environment too', () => {
    expect(problemsOf({ shared, environments: { constructor: dev } })).toEqual([
      expect.stringMatching(
        /^environments\/constructor\.ts: the file must not be named .*; rename the environment, for example to "envconstruct"$/,
      ),
    ]);
  });
});

describe('what was not made by defineEnvironment', () => {
  const write = 'write dev: defineEnvironment(blueprint, { … })';
  test.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['text', 'dev'],
    ['a function', () => dev],
    ['a number', 1],
    ['a list', [dev]],
    ['a Proxy', trap],
    ['a map of something else', dev.overrides],
    ['nothing as its blueprint', { blueprint: undefined, overrides: {} }],
    ['null as its overrides', { blueprint: {}, overrides: null }],
    ['a getter that throws', Object.defineProperty({ overrides: {} }, 'blueprint', { get: throwing })],
  ])('%s gets one line', (got, file) => {
    expect(problemsOf({ shared, environments: { dev: file as EnvironmentFile } })).toEqual([
      `environments/dev.ts: dev must be made by defineEnvironment, got ${got}; ${write}`,
    ]);
  });

  test.each<[string, unknown]>([
    ['a list', [1]],
    ['nothing', undefined],
    ['text', 'dev'],
    ['a Proxy', trap],
    ['an empty one', {}],
    ['something else', new Map([['dev', dev]])],
  ])('%s is no map of environments', (got, map) => {
    expect(() => environmentsOf({ environments: map as never }, 'environments/index.ts')).toThrow(
      `environments/index.ts: environments must be a map of environments, got ${got}; export const environments = { dev, prod }`,
    );
  });

  test('a getter in the map of environments does not end the program', () => {
    const map = Object.defineProperty({}, 'dev', { get: throwing, enumerable: true });
    expect(problemsOf({ shared, environments: map })).toEqual([
      `environments/dev.ts: dev must be made by defineEnvironment, got a getter that throws; ${write}`,
    ]);
  });
});
