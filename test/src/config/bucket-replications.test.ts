import { bucketReplications } from '../../../src/config/bucket-replications';
import type { Environment } from '../../../src/config/estate';
import { environments } from '../../fixtures/car-retail';
import { changed, estateOf } from '../../support/estate';
import { fixture } from '../../support/estates';

const EAST = { region: 'us-east-1', bucketName: 'prod-media-us-east-1-444444444444' };
const WEST = { region: 'us-west-2', bucketName: 'prod-media-us-west-2-444444444444' };

/** What is copied of the bucket `media` of prod. */
function waysOf(region: 'us-east-1' | 'us-west-2', change: object = {}) {
  const prod = changed(environments.prod, change);
  const estate = estateOf({ ...fixture, environments: { ...environments, prod } });
  const { settings } = estate.environments.find(({ name }) => name === 'prod') as Environment;
  const { media } = bucketReplications('prod', settings, settings.buckets, region);
  return media && { to: media.destinations, from: media.sources };
}

describe('objects', () => {
  test('are copied both ways', () => {
    expect(waysOf('us-east-1')).toEqual({ to: [WEST], from: [WEST] });
    expect(waysOf('us-west-2')).toEqual({ to: [EAST], from: [EAST] });
  });

  test('are copied to the standby alone where nothing goes back', () => {
    const change = { buckets: { media: { replication: { bothWays: false } } } };
    expect(waysOf('us-east-1', change)).toEqual({ to: [WEST], from: [] });
    expect(waysOf('us-west-2', change)).toEqual({ to: [], from: [EAST] });
  });

  test('go to the bucket that stands there already', () => {
    const change = { buckets: { media: { standby: { existing: 'shop-west' } } } };
    expect(waysOf('us-east-1', change)?.to).toEqual([{ region: 'us-west-2', bucketName: 'shop-west' }]);
  });

  test.each([
    ['a bucket', { buckets: { media: { decommission: true } } }],
    ['a region', { regions: { 'us-west-2': { decommission: true } } }],
    ['an environment', { decommission: true }],
  ])('are no longer copied to and from %s that is about to go', (_what, change) => {
    expect(waysOf('us-east-1', change)).toBeUndefined();
    expect(waysOf('us-west-2', change)).toBeUndefined();
  });
});
