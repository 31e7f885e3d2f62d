import type { Block, ProviderSchema } from './provider-schema';

/** The provider's types that texts mention, be they configurations or states. */
export function typesIn(...texts: readonly string[]): Set<string> {
  return new Set(texts.flatMap((text) => text.match(/\baws_\w+/g) ?? []));
}

/**
 * The schema without the types that the texts never mention. Terraform reads the whole schema again for each
 * command: of the full one, with some 2,200 types, that takes three quarters of a small stack's time.
 */
export function narrowSchema(schema: ProviderSchema, ...texts: readonly string[]): ProviderSchema {
  const mentioned = typesIn(...texts);
  const narrow = (blocks: Record<string, Block>): Record<string, Block> =>
    Object.fromEntries(Object.entries(blocks).filter(([type]) => mentioned.has(type)));
  return { ...schema, resources: narrow(schema.resources), dataSources: narrow(schema.dataSources) };
}
