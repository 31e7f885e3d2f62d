import { existsSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cachedSchema } from '../schema/cached-schema';
import { GoPackage } from './go-package';
import { RULES_FILE, type TypeRules } from './provider-rules';
import { RuleReader } from './read-rules';

/*
 * Writes provider-rules.json anew, with each new version of the bindings:
 *   git clone --depth 1 --branch v<version of the provider> https://github.com/hashicorp/terraform-provider-aws
 *   npx tsx test/rehearsal/models/record-provider-rules.ts <that folder>
 * It takes facts out of the sources (which argument excludes which, what replaces), no code and no text. Types of
 * the provider's newer framework describe themselves otherwise: hand-written-rules.ts has those that are needed.
 */
function record(folder: string): void {
  const services = join(folder, 'internal', 'service');
  const { resources, version } = cachedSchema();
  const types = new Map<string, TypeRules>();
  let unread = 0;
  for (const service of readdirSync(services, { withFileTypes: true })) {
    if (!service.isDirectory()) continue;
    const source = new GoPackage(join(services, service.name));
    for (const { type, factory } of source.registrations()) {
      const block = resources[type];
      if (!block) continue;
      const reader = new RuleReader(source, block);
      const rules = reader.read(factory);
      if (!rules) console.error(`${type}: cannot read ${factory}`);
      else if (Object.keys(rules).length > 0) types.set(type, rules);
      for (const each of reader.unread) console.error(`${type}: cannot read ${each}`);
      unread += reader.unread.length;
    }
  }
  const lines = [...types]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([type, rules]) => {
      return `    ${JSON.stringify(type)}: ${JSON.stringify(rules)}`;
    });
  writeFileSync(RULES_FILE, `{\n  "version": "${version}",\n  "types": {\n${lines.join(',\n')}\n  }\n}\n`);
  console.log(`rules of ${types.size} types in ${RULES_FILE}; ${unread} groups could not be read`);
}

const [, , folder] = process.argv;
if (folder === undefined || !existsSync(join(folder, 'internal', 'service'))) {
  console.error('usage: npx tsx test/rehearsal/models/record-provider-rules.ts <sources of the provider>');
  process.exitCode = 2;
} else record(folder);
