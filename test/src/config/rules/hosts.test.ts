import { environments, shared } from '../../../fixtures/car-retail';
import { changed, problemsOf } from '../../../support/estate';

const inDev = (change: object) =>
  problemsOf({ shared, environments: { ...environments, dev: changed(environments.dev, change) } });

describe('hosts', () => {
  test('are each answered by one service', () => {
    const host = 'inventory.dev.example.com';
    expect(inDev({ services: { accounts: { public: { host } } } })).toEqual([
      `environments/dev.ts: services.accounts.public.host must not be the host of services.inventory too, got "${host}"; choose another one`,
    ]);
  });

  test('of sites are answered by nobody else', () => {
    const host = 'inventory.dev.example.com';
    expect(inDev({ sites: { shop: { hosts: ['www.dev.example.com', host] } } })).toEqual([
      `environments/dev.ts: sites.shop.hosts.1 must not be the host of services.inventory too, got "${host}"; choose another one`,
    ]);
    const tenants = { domain: 'dealers.dev.example.com' };
    expect(inDev({ sites: { dealers: { tenants }, more: { tenants } } })).toEqual([
      'environments/dev.ts: sites.more.tenants.domain must not be the host of sites.dealers too, got "dealers.dev.example.com"; choose another one',
    ]);
  });

  test('of sites lie in no domain of another environment', () => {
    expect(inDev({ sites: { shop: { hosts: ['www.prod.example.com'] } } })).toContain(
      'environments/dev.ts: sites.shop.hosts.0 must not lie in prod.example.com, which is delegated to prod, got "www.prod.example.com"; choose another one',
    );
  });
});
