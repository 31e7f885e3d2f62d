import { environments, shared } from '../../../fixtures/car-retail';
import { changed, problemsOf, warningsOf } from '../../../support/estate';

const { prod } = environments;
const file = (change: object) => ({
  shared,
  environments: {
    ...environments,
    prod: changed(changed(prod, { regions: { 'us-east-1': { network: { egress: 'proxy' } } } }), change),
  },
});
const inProd = (change: object) => problemsOf(file(change));

describe('proxies to the outside', () => {
  test('are enough for production', () => {
    expect(inProd({})).toEqual([]);
  });

  test('run in two zones there at least', () => {
    expect(inProd({ regions: { 'us-east-1': { network: { proxy: { tasks: { min: 1 } } } } } })).toEqual([
      'environments/prod.ts: regions.us-east-1.network.proxy.tasks.min must be at least 2 in production, got 1; raise it, so that the loss of a zone leaves one',
    ]);
  });

  test('are where a service looks for them, which sets no variable of theirs', () => {
    expect(inProd({ services: { inventory: { environment: { no_proxy: '*' } } } })).toEqual([
      'environments/prod.ts: services.inventory.environment must not set no_proxy, which leads to the proxy where egress is proxy; take it out',
    ]);
    // it goes nowhere
    expect(inProd({ services: { accounts: { environment: { no_proxy: '*' } } } })).toEqual([]);
  });

  test('have names that no service takes', () => {
    expect(
      inProd({
        services: {
          'inventory-egress-proxy': { image: 'web', cpu: 256, memoryMiB: 512, tasks: { min: 2, max: 2 } },
        },
      }),
    ).toEqual([
      expect.stringContaining(
        'services.inventory-egress-proxy must not end with egress-proxy, as proxies to the outside are called',
      ),
    ]);
  });

  test('hold so many names as fit into a task definition', () => {
    const names = Array.from({ length: 700 }, (_, index) => `${'long-'.repeat(8)}host-${index}.example.com`);
    expect(inProd({ outside: { auth0: { names } } })).toEqual([
      expect.stringMatching(
        /^environments\/blueprint\.ts: services\.inventory\.uses\.outside must make settings of a proxy of at most 32768 bytes, and they have \d+; name domains with \*\. instead of each of their hosts$/,
      ),
    ]);
  });

  test('are odd where nobody goes outside', () => {
    expect(warningsOf(file({ services: { inventory: { uses: { outside: [] } } } }))).toContain(
      'environments/prod.ts: regions.us-east-1.network.egress must have something to let pass, got "proxy"; no service names anything outside here: set it to dns-firewall or none',
    );
  });
});
