import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { environmentSchema, sharedSchema } from '../../src/config/schema';
import { buildBootstrap } from '../../src/stacks/bootstrap-stack';
import { accountRegions } from '../../src/topology';
import { estateOf } from '../support/estate';
import { everyEstate, fixture } from '../support/estates';
import { testApp } from '../support/harness';

const MODULES = resolve(__dirname, '../../modules');
const CATALOGUE = readFileSync(join(MODULES, 'README.md'), 'utf8');

const rows = CATALOGUE.split('\n')
  .filter((line) => line.startsWith('| ') && line.includes('.ts`'))
  .map((line) => line.split('|').map((cell) => cell.replaceAll('`', '').trim()))
  .map(([, capability = '', construct = '', stack = '', key = '', resource = '']) => ({
    capability,
    construct,
    stack,
    key,
    resource,
  }));

/** Every settings key of an environment, names of entries and regions left out. */
function keysOf(schema: unknown, path = ''): string[] {
  const node = schema as {
    properties?: object;
    additionalProperties?: unknown;
    anyOf?: unknown[];
    oneOf?: unknown[];
  };
  const own = Object.entries(node.properties ?? {}).flatMap(([key, inner]) => {
    const at = path ? `${path}.${key}` : key;
    return [at, ...keysOf(inner, at)];
  });
  const further = [node.additionalProperties, ...(node.anyOf ?? []), ...(node.oneOf ?? [])].filter(
    (inner) => typeof inner === 'object' && inner !== null,
  );
  return [...own, ...further.flatMap((inner) => keysOf(inner, path))];
}

/** Some layers have a stack for each environment of an account, which its name tells. */
const isLayer = (layer: string, stack: string) => layer === stack || layer.startsWith(`${stack}-`);

describe('the catalogue', () => {
  test('has a row for each construct that owns a resource, and each row a construct', () => {
    expect(rows.length).toBeGreaterThan(10);
    expect(
      rows.filter(({ construct }) => !existsSync(join(MODULES, construct))).map(({ construct }) => construct),
    ).toEqual([]);
  });

  test('covers every folder of modules', () => {
    const folders = readdirSync(MODULES, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(folders.map(({ name }) => name).filter((name) => !CATALOGUE.includes(`${name}/`))).toEqual([]);
  });

  test('names settings that exist', () => {
    const known = [environmentSchema, sharedSchema].flatMap((schema) =>
      keysOf(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' })),
    );
    expect(rows.map(({ key }) => key).filter((key) => key && !known.includes(key))).toEqual([]);
  });

  test('names resources that come out in the stacks that it says', () => {
    const estate = estateOf(fixture);
    const app = testApp();
    buildBootstrap(app, estate, 'dev', accountRegions(estate));
    const bootstrap = JSON.stringify(
      app.node.findAll().map((node) => (node as { terraformResourceType?: string }).terraformResourceType),
    );
    const stacks = everyEstate.flatMap((one) => one.stacks());
    const missing = rows.filter(({ stack, resource }) =>
      stack === 'bootstrap'
        ? !bootstrap.includes(resource)
        : !stacks.some(({ place, ...json }) => isLayer(place.layer, stack) && json.resource[resource]),
    );
    expect(missing, 'in no stack: add them to test/fixtures/car-retail, or to an environment').toEqual([]);
  });
});
