import type { EnvironmentFile } from '../../../../src/config/define';
import { environments, shared } from '../../../fixtures/car-retail';
import { changed, estateOf, problemsOf, stacksOf, warningsOf } from '../../../support/estate';

const inDev = (change: object) => ({ shared, environments: { dev: changed(environments.dev, change) } });
const at = 'environments/dev.ts:';
const indexer = (queues: object, messagesPerTask: unknown) => ({
  indexer: { uses: { queues }, tasks: { scaleOn: { messagesPerTask } } },
});
const BACKLOG = `${at} services.indexer.tasks.scaleOn.messagesPerTask`;

describe('queues that services use', () => {
  test('hide a message for as long as a task may take to stop', () => {
    const queues = { 'price-changes': { visibilityTimeoutSeconds: 60 } };
    const stops = (stopTimeoutSeconds: number) => ({ queues, services: { indexer: { stopTimeoutSeconds } } });
    expect(problemsOf(inDev(stops(61)))).toEqual([
      `${at} queues.price-changes.visibilityTimeoutSeconds must be at least 61, the stopTimeoutSeconds of services.indexer: what a task finishes while it stops would be received a second time, got 60; raise it, or lower stopTimeoutSeconds`,
    ]);
    expect(problemsOf(inDev(stops(60)))).toEqual([]);
    // who only sends holds nothing
    expect(problemsOf(inDev({ queues, services: { inventory: { stopTimeoutSeconds: 90 } } }))).toEqual([]);
  });

  test.each<[string, object, unknown, string]>([
    [
      'a number for none',
      { 'price-changes': 'send' },
      100,
      `${BACKLOG} must be for a service that receives from a queue, got 100; take it out, or name the queue in uses.queues with receive`,
    ],
    [
      'a number for two',
      { 'media-uploads': 'send-receive' },
      100,
      `${BACKLOG} must name the queues, since the service receives from 2, got 100; write it like { price-changes: 100 }`,
    ],
    [
      'a name that it does not receive from',
      {},
      { 'media-uploads': 5 },
      `${BACKLOG}.media-uploads must name one of the queues that the service receives from, got "media-uploads"; there is price-changes`,
    ],
  ])('scale who receives from them, and not by %s', (_what, queues, said, line) => {
    expect(problemsOf(inDev({ services: indexer(queues, said) }))).toEqual([line]);
  });

  test('scale a service on several of them, by name', () => {
    const services = indexer({ 'media-uploads': 'receive' }, { 'price-changes': 7, 'media-uploads': 8 });
    const stacks = stacksOf(estateOf(inDev({ services })), ['dev']);
    const workload = stacks.find(({ id }) => id === 'dev-us-east-1-workload');
    expect(Object.keys(workload?.resource['aws_appautoscaling_policy'] ?? {})).toEqual(
      expect.arrayContaining([
        'services_indexer_scaling_queues-price-changes',
        'services_indexer_scaling_queues-media-uploads',
      ]),
    );
  });

  test('are worked off by somebody', () => {
    const said = {
      queues: { mails: {} },
      services: { inventory: { uses: { queues: { mails: 'send' } } } },
    };
    expect(warningsOf(inDev(said))).toEqual([
      `${at} queues.mails must be received from by a service; say queues: { mails: 'receive' } in the uses of one: messages wait for nobody`,
    ]);
  });

  test('bring the endpoint of SQS where services reach AWS by endpoints, and only then', () => {
    const endpointIn = (name: string, file: EnvironmentFile) =>
      stacksOf(estateOf({ shared, environments: { [name]: file } }), [name])
        .filter(({ resource }) => resource['aws_vpc_endpoint']?.['network_endpoints_sqs'])
        .map(({ id }) => id);
    const { dev, qa } = environments;
    expect(endpointIn('qa', qa)).toEqual(['qa-us-east-1-foundation']);
    expect(endpointIn('dev', dev)).toEqual([]);
    // the users of queues, and who calls them
    const services = { inventory: null, indexer: null, accounts: null };
    expect(endpointIn('qa', { ...qa, overrides: { ...qa.overrides, services } })).toEqual([]);
  });
});

describe('a bucket tells a queue', () => {
  const media = (notify: object, more: object = {}) => ({ buckets: { media: { notify, ...more } } });

  test('that is there', () => {
    expect(problemsOf(inDev(media({ 'media-upload': {} })))).toContain(
      `${at} buckets.media.notify.media-upload must name one of queues, got "media-upload"; did you mean "media-uploads"?`,
    );
  });

  test('that S3 can send to', () => {
    expect(problemsOf(inDev({ queues: { 'media-uploads': { fifo: {} } } }))).toEqual([
      `environments/blueprint.ts: buckets.media.notify.media-uploads must name a queue without fifo, since S3 sends to no other, got "media-uploads"; take fifo out of queues.media-uploads, or name another queue`,
    ]);
  });

  test('that stands where the bucket does', () => {
    expect(problemsOf(inDev({ buckets: { media: { standby: {} } } }))).toEqual([
      `environments/blueprint.ts: buckets.media.notify.media-uploads must stand in the standby region too, as buckets.media.standby says of the bucket, got "media-uploads"; give queues.media-uploads a standby, or take that of the bucket away`,
    ]);
  });
});
