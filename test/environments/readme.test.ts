import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { environments, shared } from '../../environments';
import { loadEstate } from '../../src/config/load';
import { egressOf } from '../support/egress';
import { changed, defaultStacks, estateOf, stacksOf, type StackJson } from '../support/estate';
import { declared } from '../support/references';
import { diagnosticsOf } from '../support/types';

const PROJECT = resolve(__dirname, '../..');
const README = readFileSync(join(PROJECT, 'README.md'), 'utf8');
const MAKEFILE = readFileSync(join(PROJECT, 'Makefile'), 'utf8');

/** The entries that the README tells one to add, as text. */
const example =
  /<!-- test\/environments\/readme\.test\.ts runs this -->\n+```ts\n([\s\S]*?)```/.exec(README)?.[1] ?? '';

describe('adding a service with its database, as the README says', () => {
  // the text of the README itself is what is run
  // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call
  const entries = new Function(`return {${example}}`)() as object;
  const dev = changed(environments.dev, entries);
  const workload = (stacks: readonly StackJson[]) =>
    stacks.find(({ id }) => id === 'dev-us-east-1-workload') as StackJson;

  test('takes under ten lines', () => {
    expect(example.trim().split('\n').length).toBeLessThan(10);
  });

  test('is what the compiler accepts in dev.ts', () => {
    const source = readFileSync(join(PROJECT, 'environments/dev.ts'), 'utf8');
    const into = (kind: string, text: string) =>
      text.replace(
        `  ${kind}: {`,
        `  ${kind}: {${new RegExp(`${kind}: \\{\\n([\\s\\S]*?)\\n\\},`).exec(example)?.[1] ?? ''}`,
      );
    const folder = join(PROJECT, '.work/readme');
    mkdirSync(folder, { recursive: true });
    try {
      const text = into('services', into('databases', source));
      const moved = text
        .replaceAll("from './", "from '../../environments/")
        .replaceAll("from '../src", "from '../../src");
      writeFileSync(join(folder, 'dev.ts'), moved);
      expect(moved).toContain("image: 'invoices'");
      expect(diagnosticsOf(join(folder, 'dev.ts'))).toEqual([]);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  test('makes the cluster, the service, its users and roles, and nothing for others', async () => {
    const before = new Set(declared(workload(await defaultStacks())).keys());
    const after = workload(stacksOf(estateOf({ environments: { dev }, shared }), ['dev']));
    const added = [...declared(after).keys()].filter((address) => !before.has(address));
    expect(added).toContain('aws_rds_cluster.databases_invoices');
    expect(added).toContain('aws_ecs_service.services_invoices');
    expect(added.filter((address) => !address.includes('invoices'))).toEqual([]);
  });

  test('opens one path to the database', async () => {
    const at = (stacks: readonly StackJson[]) =>
      egressOf(
        stacks.filter(({ place }) => place.scope === 'dev' && place.region === 'us-east-1' && !place.global),
      );
    const before = at(await defaultStacks());
    const after = at(stacksOf(estateOf({ environments: { dev }, shared }), ['dev']));
    expect(after.filter((path) => !before.includes(path))).toEqual([
      'dev-invoices-service -> 0.0.0.0/0 tcp 443',
      'dev-invoices-service -> dev-invoices-database tcp 3306',
    ]);
  });

  test('tells the container where things are', () => {
    const stack = workload(stacksOf(estateOf({ environments: { dev }, shared }), ['dev']));
    const task = JSON.stringify(stack.resource['aws_ecs_task_definition']?.['services_invoices']);
    for (const variable of [
      'DATABASE_INVOICES_WRITER_HOST',
      'DATABASE_INVOICES_READER_HOST',
      'BUCKET_MEDIA',
    ]) {
      expect(task).toContain(variable);
    }
  });
});

describe('what the README says', () => {
  test('about prod is what synth prints', async () => {
    const { estate } = await loadEstate();
    const lines = stacksOf(estate, ['prod']).map(({ id, dependencies }) =>
      dependencies.length > 0 ? `${id}  after ${[...dependencies].sort().join(', ')}` : id,
    );
    expect(README).toContain(
      `$ make synth ENV=prod\n${lines.join('\n')}\n${lines.length} stacks in cdktf.out\n`,
    );
  });

  test('about make names targets that exist, and every target', () => {
    const targets = [...MAKEFILE.matchAll(/^([a-z]+):.*## /gm)].map((match) => match[1] ?? '');
    const named = new Set([...README.matchAll(/\bmake ([a-z]+)\b/g)].map((match) => match[1] ?? ''));
    expect([...named].filter((name) => !targets.includes(name) && !['itself', 'has'].includes(name))).toEqual(
      [],
    );
    expect(targets.filter((target) => !named.has(target))).toEqual([]);
  });

  test('about files and folders names those that exist', () => {
    const paths = [...README.matchAll(/`((?:src|modules|environments|test|docs)\/[\w./-]+)`/g)].map(
      (match) => match[1] ?? '',
    );
    const missing = paths.filter((path) => !path.includes('stage')).filter((path) => !exists(path));
    expect(missing).toEqual([]);
  });
});

function exists(path: string): boolean {
  try {
    readFileSync(join(PROJECT, path));
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EISDIR';
  }
}
