import type { Attribute, Block, TypeExpression } from '../schema/provider-schema';

/** The schema in the shape of the protocol's messages. */

const NESTING = { single: 1, list: 2, set: 3, map: 4 } as const;

const encodedTypes = new Map<string, Buffer>();

function encodedType(type: TypeExpression): Buffer {
  const json = JSON.stringify(type);
  const known = encodedTypes.get(json);
  if (known) return known;
  const bytes = Buffer.from(json);
  encodedTypes.set(json, bytes);
  return bytes;
}

function attributeMessage(name: string, attribute: Attribute): object {
  const { type, required, optional, computed, sensitive, writeOnly } = attribute;
  return { name, type: encodedType(type), required, optional, computed, sensitive, writeOnly };
}

function blockMessage(block: Block): object {
  return {
    attributes: Object.entries(block.attributes).map(([name, attribute]) =>
      attributeMessage(name, attribute),
    ),
    blockTypes: Object.entries(block.blocks).map(([typeName, nested]) => ({
      typeName,
      block: blockMessage(nested.block),
      nesting: NESTING[nested.nesting],
      minItems: nested.min ?? 0,
      maxItems: nested.max ?? 0,
    })),
  };
}

export function schemaMessage(block: Block): object {
  return { version: 0, block: blockMessage(block) };
}

export function schemaMessages(blocks: Readonly<Record<string, Block>>): Record<string, object> {
  return Object.fromEntries(Object.entries(blocks).map(([type, block]) => [type, schemaMessage(block)]));
}
