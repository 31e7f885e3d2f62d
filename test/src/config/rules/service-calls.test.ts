import { environments, shared } from '../../../fixtures/car-retail';
import { changed, estateOf, problemsOf, stacksOf } from '../../../support/estate';

const service = { image: 'desk', port: 8080, cpu: 256, memoryMiB: 512, tasks: { min: 1, max: 2 } };
const calls = (...services: string[]) => ({ ...service, uses: { services } });
const inDev = (services: object, more: object = {}) => ({
  shared,
  environments: { dev: changed(environments.dev, { services, ...more }) },
});
const at = 'environments/dev.ts: services.';
const oneWay = 'call in one direction: a task finds only what stood before it started';

describe('services that call each other', () => {
  test('call those that listen', () => {
    expect(problemsOf(inDev({ aa: calls('indexer') }))).toEqual([
      `${at}aa.uses.services.0 must name a service that has a port, got "indexer"; set services.indexer.port, or take it out`,
    ]);
  });

  test('call in one direction', () => {
    expect(problemsOf(inDev({ aa: calls('bb'), bb: calls('cc'), cc: calls('aa') }))).toEqual([
      `${at}aa.uses.services.0 must not lead back to services.aa, as aa -> bb -> cc -> aa does, got "bb"; ${oneWay}`,
      `${at}bb.uses.services.0 must not lead back to services.bb, as bb -> cc -> aa -> bb does, got "cc"; ${oneWay}`,
      `${at}cc.uses.services.0 must not lead back to services.cc, as cc -> aa -> bb -> cc does, got "aa"; ${oneWay}`,
    ]);
    expect(problemsOf(inDev({ aa: calls('aa') }))).toEqual([
      `${at}aa.uses.services.0 must not lead back to services.aa, as aa -> aa does, got "aa"; ${oneWay}`,
    ]);
  });

  test('keep running: what ends by itself has no proxy', () => {
    const lonely = {
      image: 'desk',
      cpu: 256,
      memoryMiB: 512,
      runs: 'by-hand',
      uses: { services: ['inventory'] },
    };
    expect(problemsOf(inDev({ aa: lonely }))).toEqual([
      `${at}aa.uses.services.0 must be of a service that keeps running: what has runs finds no other service, got "inventory"; take it out, and let the two meet in a database or bucket`,
    ]);
  });

  test('are on Fargate where instances cannot reach Service Connect', () => {
    const capacity = { general: { instanceType: 't3.medium', min: 0, max: 2 } };
    const services = { aa: { ...calls('bb'), capacity: { ec2: 'general' } }, bb: service };
    expect(problemsOf(inDev(services, { capacity }))).toEqual([
      `${at}aa.uses.services.0 must be between services on Fargate, since aa runs on ec2 and us-west-2 lets instances reach no Service Connect, got "bb"; take ec2 out of services.aa.capacity, or set endpoints of us-west-2 to nat`,
    ]);
    const regions = { 'us-west-2': { network: { endpoints: 'nat', nat: 'single' } } };
    expect(problemsOf(inDev(services, { capacity, regions }))).toEqual([]);
  });

  test('call by TLS what is called at all, and has no load balancer before it', () => {
    const encrypted = { ...service, calls: 'tls' };
    expect(problemsOf(inDev({ bb: encrypted }))).toEqual([
      `${at}bb.calls must be tls only if some service calls it, and none does, got "tls"; take it out, or name bb in uses.services of another`,
    ]);
    expect(problemsOf(inDev({ inventory: { calls: 'tls' } }))).toEqual([
      `${at}inventory.calls must be http for a public service: its load balancer speaks HTTP with its tasks, got "tls"; take it out, or take public out`,
    ]);
    expect(problemsOf(inDev({ aa: calls('bb'), bb: encrypted }))).toEqual([]);
  });

  test('have one authority, where one of them is called by TLS', () => {
    const authorities = (how: string) =>
      stacksOf(estateOf(inDev({ aa: calls('bb'), bb: { ...service, calls: how } })), ['dev']).flatMap(
        ({ id, resource }) =>
          Object.keys(resource['aws_acmpca_certificate_authority'] ?? {}).map((name) => `${id}: ${name}`),
      );
    expect(authorities('tls')).toEqual(['dev-us-east-1-workload: call-certificates']);
    expect(authorities('http')).toEqual([]);
  });

  test('are built in the order of their calls, wherever they stand in the file', () => {
    const stacks = stacksOf(estateOf(inDev({ aa: calls('zz'), zz: service })), ['dev']);
    const workload = stacks.find(({ id }) => id === 'dev-us-east-1-workload');
    expect(workload?.resource['aws_ecs_service']?.['services_aa']?.['depends_on']).toContain(
      'aws_ecs_service.services_zz',
    );
    expect(workload?.resource['aws_service_discovery_http_namespace']).toEqual({
      namespace: expect.objectContaining({ name: 'dev-services' }) as object,
    });
  });
});

test('a task that ends by itself is called by nobody, and needs no port', () => {
  const services = { accounts: { uses: { services: ['reports'] } } };
  expect(problemsOf({ shared, environments: { dev: changed(environments.dev, { services }) } })).toEqual([
    'environments/dev.ts: services.accounts.uses.services.0 must name a service that keeps running, and this one has runs, got "reports"; take it out, and let the two meet in a database or bucket',
  ]);
});

test('an answer that is slow takes some time', () => {
  const services = { inventory: { public: { slowSeconds: 0 } } };
  expect(problemsOf({ shared, environments: { dev: changed(environments.dev, { services }) } })).toEqual([
    'environments/dev.ts: services.inventory.public.slowSeconds must be at least 0.001, got 0; raise it',
  ]);
});
