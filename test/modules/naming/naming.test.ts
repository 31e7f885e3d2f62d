import { Naming } from '../../../modules/naming/naming';

const naming = new Naming({ environment: 'prod', account: '444455556666', region: 'eu-west-1' });

describe('a name', () => {
  test.each([
    ['one region of an account', naming.regional('orders'), 'prod-orders'],
    ['an account over all regions', naming.accountWide('orders'), 'prod-orders-eu-west-1'],
    ['the world', naming.worldWide('media'), 'prod-media-eu-west-1-444455556666'],
    ['a tree of paths', naming.path('services/inventory'), '/prod/services/inventory'],
  ])('is unique in %s', (_where, name, expected) => {
    expect(name).toBe(expected);
  });

  test('tells where its things stand', () => {
    expect(naming.place).toEqual({ environment: 'prod', account: '444455556666', region: 'eu-west-1' });
  });
});
