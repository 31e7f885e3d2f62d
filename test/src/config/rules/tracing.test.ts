import { regionsOf } from '../../../../src/config/estate';
import { planRegion } from '../../../../src/config/region-plan';
import { planRegistry } from '../../../../src/config/registry-plan';
import { environments, shared } from '../../../fixtures/car-retail';
import { changed, estateOf, problemsOf } from '../../../support/estate';

const { prod } = environments;
const file = (services: object) => ({
  shared,
  environments: { ...environments, prod: changed(prod, { services }) },
});
/** Where X-Ray has an endpoint, and which images there are. */
function plans(services: object) {
  const estate = estateOf(file(services));
  const environment = estate.environments.find(({ name }) => name === 'prod')!;
  const endpoints = regionsOf(environment.settings).map((region) => [
    region.name,
    planRegion(environment, region).network.interfaceServices.includes('xray'),
  ]);
  return {
    endpoints: Object.fromEntries(endpoints) as object,
    images: planRegistry(estate)?.images.map(({ name }) => name),
  };
}

const at = 'environments/prod.ts: services';

describe('tracing', () => {
  test('brings the endpoint of X-Ray where a traced service stands, and the repository of the collector', () => {
    const { endpoints, images } = plans({ inventory: { tracing: null }, accounts: { tracing: {} } });
    // accounts has no standby there
    expect(endpoints).toEqual({ 'us-east-1': true, 'us-west-2': false });
    expect(images).toContain('trace-collector');
    const without = plans({ inventory: { tracing: null } });
    expect(without.endpoints).toEqual({ 'us-east-1': false, 'us-west-2': false });
    expect(without.images).not.toContain('trace-collector');
  });

  test('takes at most a quarter of the memory', () => {
    expect(problemsOf(file({ accounts: { tracing: { memoryMiB: 257 } } }))).toEqual([
      `${at}.accounts.tracing.memoryMiB must be at most 256, a quarter of memoryMiB, got 257; lower it, or give the task more memory`,
    ]);
    expect(problemsOf(file({ accounts: { tracing: { memoryMiB: 256 } } }))).toEqual([]);
  });

  test('is for what keeps running', () => {
    const runs = { image: 'letters', cpu: 256, memoryMiB: 512, runs: 'by-hand', tracing: {} };
    expect(problemsOf(file({ letters: runs }))).toEqual([
      `${at}.letters.tracing must not come with runs: a collector that is killed would count as a run that failed; take it out`,
    ]);
  });

  test('sets its variables itself', () => {
    const accounts = {
      tracing: {},
      environment: { OTEL_SERVICE_NAME: 'us' },
      secrets: ['OTEL_EXPORTER_OTLP_ENDPOINT'],
    };
    expect(problemsOf(file({ accounts }))).toEqual([
      `${at}.accounts.secrets must not set OTEL_EXPORTER_OTLP_ENDPOINT, which tracing sets, got a value that is not shown; take it out`,
      `${at}.accounts.environment must not set OTEL_SERVICE_NAME, which tracing sets; take it out`,
    ]);
    expect(problemsOf(file({ accounts: { ...accounts, tracing: null } }))).toEqual([]);
  });

  test('has a collector of a name that no service and no image takes', () => {
    const service = { image: 'web', cpu: 256, memoryMiB: 512, tasks: { min: 2, max: 2 } };
    expect(problemsOf(file({ 'trace-collector': service }))).toEqual([
      `${at}.trace-collector must not be named trace-collector, which is what collects traces; rename it`,
    ]);
    expect(problemsOf(file({ web: { ...service, image: 'trace_collector' } }))).toEqual([
      `${at}.web.image must differ from the image trace-collector in more than signs, got "trace_collector"; rename one of the two`,
    ]);
  });
});
