/** A type as Terraform writes it in JSON: `"string"`, `["list", T]`, `["object", { name: T }]`. */
export type TypeExpression =
  | 'string'
  | 'number'
  | 'bool'
  | 'dynamic'
  | ['list' | 'set' | 'map', TypeExpression]
  | ['object', Record<string, TypeExpression>];

export interface Attribute {
  type: TypeExpression;
  required?: true;
  optional?: true;
  computed?: true;
  sensitive?: true;
  writeOnly?: true;
  /** The bindings say themselves whether it is computed; elsewhere `optional` with `computed` is a guess. */
  stated?: true;
  /** What a guess comes to when the configuration is silent: a value (true) or null (false). */
  filledIn?: boolean;
}

export interface NestedBlock {
  nesting: 'single' | 'list' | 'set' | 'map';
  min?: number;
  max?: number;
  block: Block;
}

export interface Block {
  attributes: Record<string, Attribute>;
  blocks: Record<string, NestedBlock>;
}

export interface ProviderSchema {
  source: string;
  version: string;
  provider: Block;
  resources: Record<string, Block>;
  dataSources: Record<string, Block>;
}

/** The type of what a list, set or map holds; `dynamic` for anything else. */
export function elementType(type: TypeExpression): TypeExpression {
  return Array.isArray(type) && type[0] !== 'object' ? type[1] : 'dynamic';
}
