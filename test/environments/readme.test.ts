import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { EnvironmentFile } from '../../src/config/define';
import { regionsOf, type Environment } from '../../src/config/estate';
import { environments, shared } from '../fixtures/car-retail';
import { addEntries } from '../support/add-entries';
import { egressOf } from '../support/egress';
import { changed, estateOf, stacksOf, type StackJson } from '../support/estate';
import { fixtureStacks, live, type TestedEstate } from '../support/estates';
import { declared } from '../support/references';
import { diagnosticsOf } from '../support/types';

const PROJECT = resolve(__dirname, '../..');
const README = readFileSync(join(PROJECT, 'README.md'), 'utf8');
const MAKEFILE = readFileSync(join(PROJECT, 'Makefile'), 'utf8');

/** The entries that the README tells one to add, as text. */
const example =
  /<!-- test\/environments\/readme\.test\.ts runs this -->\n+```ts\n([\s\S]*?)```/.exec(README)?.[1] ?? '';

// the text of the README itself is what is run
// eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call
const settingsOf = (entries: string) => new Function(`return {${entries}}`)() as object;

const inRegion = (stacks: readonly StackJson[], scope: string, region: string) =>
  stacks.filter(({ place }) => place.scope === scope && place.region === region && !place.global);

/** What came into the first region of an environment with some entries: addresses of its workload, and ways out. */
function added(before: readonly StackJson[], after: readonly StackJson[], scope: string, region: string) {
  const workload = (stacks: readonly StackJson[]) =>
    stacks.find(({ id }) => id === `${scope}-${region}-workload`) as StackJson;
  const what = (stacks: readonly StackJson[]) => [
    ...declared(workload(stacks)).keys(),
    ...egressOf(inRegion(stacks, scope, region)),
  ];
  const [old, now] = [what(before), what(after)];
  const came = now.filter((one) => !old.includes(one));
  return {
    workload: workload(after),
    addresses: came.filter((one) => !one.includes(' -> ')),
    paths: came.filter((one) => one.includes(' -> ')),
    gone: old.filter((one) => !now.includes(one)),
  };
}

/** What the compiler says of an environment file with further entries. */
function diagnosticsWith(file: string, entries: string): string[] | undefined {
  const text = addEntries(file, readFileSync(file, 'utf8'), entries);
  if (text === undefined) return undefined;
  const folder = join(PROJECT, '.work/readme');
  mkdirSync(folder, { recursive: true });
  try {
    writeFileSync(join(folder, 'environment.ts'), text);
    return diagnosticsOf(join(folder, 'environment.ts'));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe('adding a service with its database, as the README says', () => {
  const dev = changed(environments.dev, settingsOf(example));
  const change = added(
    fixtureStacks(),
    stacksOf(estateOf({ environments: { dev }, shared }), ['dev']),
    'dev',
    'us-east-1',
  );

  test('takes under ten lines', () => {
    expect(example.trim().split('\n').length).toBeLessThan(10);
  });

  test('is what the compiler accepts in dev.ts', () => {
    expect(diagnosticsWith(join(PROJECT, 'test/fixtures/car-retail/dev.ts'), example)).toEqual([]);
  });

  test('makes the cluster, the service, its users and roles, and nothing for others', () => {
    expect(change.addresses).toContain('aws_rds_cluster.databases_invoices');
    expect(change.addresses).toContain('aws_ecs_service.services_invoices');
    expect(change.addresses.filter((address) => !address.includes('invoices'))).toEqual([]);
    expect(change.gone).toEqual([]);
  });

  test('opens one path to the database for the service, and one for the task that makes its user', () => {
    expect(change.paths).toEqual([
      'dev-invoices-database-users -> 0.0.0.0/0 tcp 443',
      'dev-invoices-database-users -> dev-invoices-database tcp 3306',
      'dev-invoices-service -> 0.0.0.0/0 tcp 443',
      'dev-invoices-service -> dev-invoices-database tcp 3306',
    ]);
  });

  test('tells the container where things are', () => {
    const task = JSON.stringify(change.workload.resource['aws_ecs_task_definition']?.['services_invoices']);
    for (const variable of [
      'DATABASE_INVOICES_WRITER_HOST',
      'DATABASE_INVOICES_READER_HOST',
      'BUCKET_MEDIA',
    ]) {
      expect(task).toContain(variable);
    }
  });
});

describe('calls, capacity and runs, as the README shows them', () => {
  const shown = /readme\.test\.ts runs this too -->\n+```ts\n([\s\S]*?)```/.exec(README)?.[1] ?? '';
  const dev = changed(environments.dev, settingsOf(shown));
  const { workload, paths } = added(
    fixtureStacks(),
    stacksOf(estateOf({ environments: { dev }, shared }), ['dev']),
    'dev',
    'us-east-1',
  );

  test('are what the compiler accepts in dev.ts', () => {
    expect(diagnosticsWith(join(PROJECT, 'test/fixtures/car-retail/dev.ts'), shown)).toEqual([]);
  });

  test('make a caller on Spot, instances, and a task that they run at its time', () => {
    expect(paths).toContain('dev-quotes-service -> dev-inventory-service tcp 8080');
    expect(workload.resource['aws_ecs_service']?.['services_quotes']).toMatchObject({
      capacity_provider_strategy: [{ capacity_provider: 'FARGATE' }, { capacity_provider: 'FARGATE_SPOT' }],
    });
    expect(workload.resource['aws_autoscaling_group']?.['capacity_batch']).toMatchObject({ min_size: 0 });
    expect(workload.resource['aws_scheduler_schedule']?.['services_statements']).toMatchObject({
      schedule_expression: 'cron(0 4 1 * ? *)',
    });
  });
});

describe('adding it to the environments as they are now', () => {
  test.skipIf(!live)('makes one more service with its database, whatever stands there', ({ skip }) => {
    const { file: before, estate: now, stacks } = live as TestedEstate;
    const all = now.environments;
    // production asks for more than the example says
    const environment = all.find(({ name }) => name === 'dev') ?? all.find(({ production }) => !production);
    if (!environment) return skip('there is production alone');
    const { name, settings } = environment;
    const file = before.environments[name] as EnvironmentFile;
    const { entries, service } = exampleFor(file, environment);

    const own = join(PROJECT, `environments/${name}.ts`);
    // an environment may also be made some other way than by settings in a file of its own
    const said = existsSync(own) ? diagnosticsWith(own, entries) : undefined;
    expect(said ?? []).toEqual([]);

    const estate = estateOf({
      shared,
      ...before,
      environments: { ...before.environments, [name]: changed(file, settingsOf(entries)) },
    });
    const [region] = regionsOf(settings).map((one) => one.name);
    const change = added(stacks(), stacksOf(estate, [name]), name, String(region));
    expect(change.addresses).toContain(`aws_rds_cluster.databases_${service}`);
    expect(change.addresses).toContain(`aws_ecs_service.services_${service}`);
    expect(change.paths).toContain(`${name}-${service}-service -> ${name}-${service}-database tcp 3306`);
    expect(change.gone).toEqual([]);
  });

  /** The README's entries with a name that nothing has, and a bucket that is there. */
  function exampleFor(file: EnvironmentFile, { settings }: Environment) {
    const words = JSON.stringify(file);
    let service = 'invoices';
    for (let next = 2; words.includes(`"${service}"`); next++) service = `invoices${next}`;
    const [bucket] = Object.keys(settings.buckets);
    const renamed = example.replaceAll('invoices', service).replace('media', bucket ?? service);
    return { service, entries: bucket === undefined ? `buckets: { ${service}: {} },\n${renamed}` : renamed };
  }
});

describe('what the README says', () => {
  test('about prod is what synth prints', () => {
    const lines = fixtureStacks()
      .filter(({ place }) => place.scope === 'prod')
      .map(({ id, dependencies }) =>
        dependencies.length > 0 ? `${id}  after ${[...dependencies].sort().join(', ')}` : id,
      );
    expect(README).toContain(
      `$ make synth ENV=prod\n${lines.join('\n')}\n${lines.length} stacks in cdktf.out\n`,
    );
  });

  test('about make names targets that exist, and every target', () => {
    const targets = [...MAKEFILE.matchAll(/^([a-z-]+):.*## /gm)].map((match) => match[1] ?? '');
    const named = new Set([...README.matchAll(/\bmake ([a-z-]+)\b/g)].map((match) => match[1] ?? ''));
    expect([...named].filter((name) => !targets.includes(name) && !['itself', 'has'].includes(name))).toEqual(
      [],
    );
    expect(targets.filter((target) => !named.has(target))).toEqual([]);
  });

  test('about files and folders names those that exist', () => {
    const paths = [...README.matchAll(/`((?:src|modules|environments|test|docs)\/[\w./-]+)`/g)].map(
      (match) => match[1] ?? '',
    );
    // what stands in environments is for its owners to keep or remove
    const here = paths.map((path) => path.replace(/^environments\//, 'test/fixtures/car-retail/'));
    expect(here.filter((path) => !path.endsWith('/stage.ts') && !existsSync(join(PROJECT, path)))).toEqual(
      [],
    );
  });
});
