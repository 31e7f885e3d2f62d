import { settingsReference } from './settings-reference';
import { settingsSchemas } from './settings-schema';

/** Pages below `docs` that are made, by the name of their file. */
export function madePages(): ReadonlyMap<string, string> {
  const schemas = settingsSchemas();
  return new Map([
    ['settings.md', settingsReference(schemas)],
    [
      'settings.schema.json',
      `${JSON.stringify({ $schema: 'https://json-schema.org/draft/2020-12/schema', $defs: schemas }, undefined, 2)}\n`,
    ],
  ]);
}
