import { priorityOf } from '../../../../modules/compute/load-balancer-names';
import { environments, shared } from '../../../fixtures/car-retail';
import { changed, problemsOf, warningsOf } from '../../../support/estate';

const service = { image: 'desk', port: 8080, cpu: 256, memoryMiB: 512, tasks: { min: 1, max: 2 } };
const inDev = (change: object) => ({ shared, environments: { dev: changed(environments.dev, change) } });
const desk = (exposed: object = {}, more: object = {}) => ({
  desk: { ...service, public: { host: 'desk.dev.example.com', loadBalancer: 'edge', ...exposed }, ...more },
});
const tills = (exposed: object = {}) => ({
  tills: { ...service, public: { host: 'tills.dev.example.com', loadBalancer: 'edge', ...exposed } },
});
const at = 'environments/dev.ts: services.desk.public';
const edge = { loadBalancers: { edge: {} } };

describe('a load balancer that services share', () => {
  test('is there', () => {
    expect(problemsOf(inDev({ loadBalancers: { edgy: {} }, services: desk() }))).toEqual([
      `${at}.loadBalancer must name one of loadBalancers, got "edge"; did you mean "edgy"?`,
    ]);
    expect(problemsOf(inDev({ ...edge, services: { ...desk(), ...tills() } }))).toEqual([]);
  });

  test('stands where they stand', () => {
    const services = desk({}, { standby: {} });
    expect(problemsOf(inDev({ ...edge, services }))).toEqual([
      `${at}.loadBalancer must stand in the standby region too, as services.desk.standby says of the service, got "edge"; give loadBalancers.edge a standby, or take that of the service away`,
    ]);
    expect(problemsOf(inDev({ loadBalancers: { edge: { standby: {} } }, services }))).toEqual([]);
  });

  test('is used by one of them', () => {
    expect(warningsOf(inDev(edge))).toContain(
      'environments/dev.ts: loadBalancers.edge must be used by a service; name it in public.loadBalancer of a service, or remove it: it costs by the hour',
    );
  });

  test('says itself how long it waits', () => {
    expect(problemsOf(inDev({ ...edge, services: desk({ idleTimeoutSeconds: 90 }) }))).toEqual([
      `${at}.idleTimeoutSeconds must be said of the load balancer, which others of loadBalancers.edge share, got 90; set loadBalancers.edge.idleTimeoutSeconds`,
    ]);
  });

  test('asks for each of them with a priority of its own', () => {
    const services = { ...desk(), ...tills({ priority: priorityOf('desk') }) };
    expect(problemsOf(inDev({ ...edge, services }))).toEqual([
      `environments/dev.ts: services.tills.public.priority must not be that of services.desk on loadBalancers.edge, got ${priorityOf('desk')}; set another one, 1 to 50000`,
    ]);
    const apart = { ...desk(), ...tills({ priority: priorityOf('desk'), loadBalancer: 'other' }) };
    expect(problemsOf(inDev({ loadBalancers: { edge: {}, other: {} }, services: apart }))).toEqual([]);
  });

  test('has as many target groups as AWS lets it have', () => {
    const many = (count: number, more: object = {}) =>
      Object.fromEntries(
        Array.from({ length: count }, (_, index) => [
          `desk-${index}`,
          {
            ...service,
            public: { host: `desk-${index}.dev.example.com`, loadBalancer: 'edge', priority: index + 1 },
            ...more,
          },
        ]),
      );
    const blueGreen = { deployment: { strategy: 'blue-green' } };
    expect(problemsOf(inDev({ ...edge, services: many(50, blueGreen) }))).toEqual([]);
    expect(problemsOf(inDev({ ...edge, services: many(51, blueGreen) }))).toEqual([
      'environments/dev.ts: loadBalancers.edge must be shared by services with at most 100 target groups, and these have 102: two of each with blue/green; let some of them name another of loadBalancers',
    ]);
  });

  test('keeps the priority of a service that was renamed', () => {
    const { desk: renamed } = desk({}, { renamedFrom: 'counter' });
    const services = { desk: renamed, ...tills({ priority: priorityOf('counter') }) };
    expect(problemsOf(inDev({ ...edge, services }))).toHaveLength(1);
  });

  test('has no name that a service has for its own', () => {
    expect(problemsOf(inDev({ loadBalancers: { inventory: {} } }))).toContain(
      'environments/dev.ts: loadBalancers.inventory must not make the load balancer name "dev-inventory", which services.inventory makes; choose another name',
    );
  });

  test('comes with a domain, whose certificate it has', () => {
    const services = { inventory: { public: null } };
    expect(problemsOf(inDev({ ...edge, domain: null, services }))).toEqual([
      'environments/dev.ts: loadBalancers.edge must come with a domain of the environment, which its certificate is for; set domain, or take it out',
    ]);
  });
});

test('a priority is for a load balancer that is shared', () => {
  expect(problemsOf(inDev({ services: { inventory: { public: { priority: 5 } } } }))).toEqual([
    'environments/dev.ts: services.inventory.public.priority must come with loadBalancer, since a load balancer of its own has one rule, got 5; take it out, or name one of loadBalancers',
  ]);
});
