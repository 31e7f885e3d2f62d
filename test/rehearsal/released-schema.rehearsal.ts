import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { releasedSchema } from './released-schema';
import { cachedSchema, installedBindings, schemaFile } from './schema/cached-schema';

const PROJECT = resolve(__dirname, '../..');
const PACKAGE = '@cdktf/provider-aws';
/** One that no registry has, and that nobody has kept. */
const VERSION = `0.0.${process.pid}`;

let folder: string;
let registry: Server;

/** A registry on loopback that has one release: bindings of two modules. */
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'registry-'));
  const bindings = join(PROJECT, 'node_modules', PACKAGE);
  for (const module of ['provider', 'sns-topic'])
    cpSync(join(bindings, 'lib', module), join(folder, 'package', 'lib', module), { recursive: true });
  const manifest = { name: PACKAGE, version: VERSION, peerDependencies: { cdktf: '^0.21.0' } };
  writeFileSync(join(folder, 'package', 'package.json'), JSON.stringify(manifest));
  expect(spawnSync('tar', ['czf', 'package.tgz', 'package'], { cwd: folder }).status).toBe(0);
  registry = createServer(({ url = '' }, response) => {
    if (url.endsWith('.tgz')) return response.end(readFileSync(join(folder, 'package.tgz')));
    if (decodeURIComponent(url) !== `/${PACKAGE}`) return response.writeHead(404).end('{}');
    const dist = { tarball: `${address()}/package.tgz` };
    const versions = { [VERSION]: { ...manifest, dist } };
    return response.end(JSON.stringify({ name: PACKAGE, 'dist-tags': { latest: VERSION }, versions }));
  });
  await new Promise<void>((listening) => registry.listen(0, '127.0.0.1', listening));
  mkdirSync(join(folder, 'cache'));
  vi.stubEnv('npm_config_registry', address());
  vi.stubEnv('npm_config_cache', join(folder, 'cache'));
});
afterAll(() => {
  vi.unstubAllEnvs();
  registry.close();
  rmSync(folder, { recursive: true, force: true });
  rmSync(schemaFile(VERSION), { force: true });
});

const address = () => `http://127.0.0.1:${(registry.address() as AddressInfo).port}`;

it('is installed by npm without what the bindings need, and kept', async () => {
  const schema = await releasedSchema(VERSION);
  const { version, resources } = cachedSchema();
  expect(schema.version).toBe(version);
  expect(schema.resources).toEqual({ aws_sns_topic: resources['aws_sns_topic'] });
  vi.stubEnv('npm_config_registry', 'http://127.0.0.1:1');
  expect(await releasedSchema(VERSION)).toEqual(schema);
  vi.stubEnv('npm_config_registry', address());
});

it.each([
  [undefined, `must be another version of ${PACKAGE} than ${installedBindings()}, got nothing`],
  ['latest', `must be another version of ${PACKAGE} than ${installedBindings()}, got "latest"`],
  [
    installedBindings(),
    `must be another version of ${PACKAGE} than ${installedBindings()}, got "${installedBindings()}"`,
  ],
  ['0.0.0', `must be a version that npm has of ${PACKAGE}, got "0.0.0"`],
])('%s is refused', async (version, problem) => {
  await expect(releasedSchema(version)).rejects.toThrow(
    `PROVIDER ${problem}; npm view ${PACKAGE} versions lists them`,
  );
});

it('says why npm has failed', async () => {
  vi.stubEnv('npm_config_registry', 'http://127.0.0.1:1');
  vi.stubEnv('npm_config_fetch_retries', '0');
  await expect(releasedSchema('0.0.1')).rejects.toThrow(
    new RegExp(`^npm cannot install ${PACKAGE}@0\\.0\\.1: .*ECONNREFUSED`),
  );
});

it('is asked for by make, which ends as the program does', () => {
  const { status, stderr } = spawnSync('make', ['rehearse-upgrade', 'PROVIDER=newest'], {
    cwd: PROJECT,
    encoding: 'utf8',
  });
  expect(status).toBe(2);
  expect(stderr).toContain(`PROVIDER must be another version of ${PACKAGE} than`);
  expect(stderr).toContain('Error 2');
});
