import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { readBindingModule } from './binding-module';
import { BlockOfModule } from './block-of-module';
import { applyOverrides } from './overrides';
import type { ProviderSchema } from './provider-schema';

const PROVIDER_SOURCE = 'registry.terraform.io/hashicorp/aws';

/**
 * The provider's schema, as far as the installed bindings carry it. The bindings were generated from the true
 * schema, which needs the provider's binary to be read.
 */
export function extractSchema(packageFolder: string): ProviderSchema {
  const modules = join(packageFolder, 'lib');
  const schema: ProviderSchema = {
    source: PROVIDER_SOURCE,
    version: '',
    provider: { attributes: {}, blocks: {} },
    resources: {},
    dataSources: {},
  };
  for (const entry of readdirSync(modules, { withFileTypes: true })) {
    if (entry.isDirectory()) addModule(schema, join(modules, entry.name), entry.name);
  }
  applyOverrides(schema);
  return schema;
}

function addModule(schema: ProviderSchema, folder: string, name: string): void {
  const module = readBindingModule(folder, name);
  const blocks = new BlockOfModule(module);
  for (const [className, definition] of module.classes) {
    const type = /terraformResourceType: ['"]([^'"]+)['"]/.exec(definition.body)?.[1] ?? '';
    schema.version ||= /providerVersion: '([^']+)'/.exec(definition.body)?.[1] ?? '';
    if (definition.base === 'TerraformProvider') {
      schema.provider = blocks.ofClass(className, definition);
      delete schema.provider.attributes['alias'];
    } else if (definition.base === 'TerraformResource') {
      schema.resources[type] = blocks.ofClass(className, definition);
    } else if (definition.base === 'TerraformDataSource') {
      schema.dataSources[type] = blocks.ofClass(className, definition);
    }
  }
}
