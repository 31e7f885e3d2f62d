import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { extractSchema } from './extract-schema';
import type { ProviderSchema } from './provider-schema';

const PROJECT = join(__dirname, '..', '..', '..');
const BINDINGS = join(PROJECT, 'node_modules', '@cdktf', 'provider-aws');
const CACHE = join(PROJECT, '.work', 'rehearsal');

/** The schema of the installed bindings, extracted once per version of them and of the extraction. */
export function cachedSchema(): ProviderSchema {
  const version = installedBindings();
  return keptSchema(version) ?? keepSchema(version, BINDINGS);
}

/** The version of the bindings that the project is built with. */
export function installedBindings(): string {
  return (JSON.parse(readFileSync(join(BINDINGS, 'package.json'), 'utf8')) as { version: string }).version;
}

/** The schema of a version of the bindings, if it was extracted before. */
export function keptSchema(version: string): ProviderSchema | undefined {
  const file = schemaFile(version);
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as ProviderSchema) : undefined;
}

/** Extracts the schema of bindings in a folder, for this time and later ones. */
export function keepSchema(version: string, bindings: string): ProviderSchema {
  const schema = extractSchema(bindings);
  const file = schemaFile(version);
  mkdirSync(CACHE, { recursive: true });
  // Written aside and renamed, since two rehearsals may start at once.
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, JSON.stringify(schema));
  renameSync(draft, file);
  return schema;
}

export const schemaFile = (version: string) =>
  join(CACHE, `aws-schema-${version}-${extractionDigest()}.json`);

function extractionDigest(): string {
  const hash = createHash('sha256');
  for (const file of readdirSync(__dirname).sort()) hash.update(readFileSync(join(__dirname, file)));
  return hash.digest('hex').slice(0, 8);
}
