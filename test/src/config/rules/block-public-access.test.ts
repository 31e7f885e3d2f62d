import { environments, shared } from '../../../fixtures/car-retail';
import { planRegion } from '../../../../src/config/region-plan';
import { regionsOf } from '../../../../src/config/estate';
import { changed, estateOf, problemsOf } from '../../../support/estate';

const { dev, qa } = environments;
const block = (mode: string) => ({ regions: { 'us-east-1': { network: { blockPublicAccess: mode } } } });
const linesOf = (inDev: object, inQa: object = {}) =>
  problemsOf({ shared, environments: { dev: changed(dev, inDev), qa: changed(qa, inQa) } });

const sameAccount = { account: '111111111111' };

describe('the block of public access', () => {
  test('is taken where the account has one environment in the region', () => {
    expect(linesOf(block('ingress'), block('bidirectional'))).toEqual([]);
  });

  test('is refused where it would cut off another one', () => {
    expect(linesOf(block('ingress'), sameAccount)).toEqual([
      'environments/dev.ts: regions.us-east-1.network.blockPublicAccess must be off in a region where another environment of the account stands, and qa does, got "ingress"; take it out, or give the environment an account of its own: its block would cut the other one off',
    ]);
    expect(linesOf(block('off'), sameAccount)).toEqual([]);
  });
});

test('a region is public where a public service stands, and no other', () => {
  const [environment] = estateOf({ shared, environments: { dev } }).environments;
  const places = environment ? regionsOf(environment.settings) : [];
  expect(
    places.map((place) => [place.name, environment && planRegion(environment, place).network.isPublic]),
  ).toEqual([
    ['us-east-1', true],
    ['us-west-2', false],
  ]);
});
