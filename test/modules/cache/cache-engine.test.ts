import { engineVersionOf, parameterFamilyOf, isOffered } from '../../../modules/cache/cache-engine';

describe('the engine of a cache', () => {
  test.each([
    ['valkey', undefined, '8.2', 'valkey8'],
    ['redis', undefined, '7.1', 'redis7'],
    ['valkey', '7.2', '7.2', 'valkey7'],
    ['valkey', '9.0', '9.0', 'valkey9'],
    ['redis', '7.0', '7.0', 'redis7'],
  ] as const)('%s %s is version %s with parameters of %s', (engine, engineVersion, version, family) => {
    expect(engineVersionOf({ engine, engineVersion })).toBe(version);
    expect(parameterFamilyOf({ engine, engineVersion })).toBe(family);
  });

  test.each([
    ['valkey', '7.2', true],
    ['valkey', '8.0', true],
    ['valkey', '9.1', true],
    ['valkey', '8.3', false],
    ['valkey', '10.0', false],
    ['valkey', '7.1', false],
    ['valkey', '6.2', false],
    ['redis', '7.0', true],
    ['redis', '7.1', true],
    ['redis', '7.2', false],
    ['redis', '6.2', false],
    ['redis', '8.0', false],
  ] as const)('%s %s is offered with users of IAM: %s', (engine, engineVersion, expected) => {
    expect(isOffered({ engine, engineVersion })).toBe(expected);
  });
});
