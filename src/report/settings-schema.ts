import { z } from 'zod';
import { environmentSchema, sharedSchema } from '../config/schema';
import { SettingComments } from './settings-comments';

/** JSON Schema, as far as settings use it. */
export interface SettingSchema {
  readonly type?: string;
  readonly description?: string;
  readonly default?: unknown;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly minimum?: number;
  readonly exclusiveMinimum?: number;
  readonly maximum?: number;
  readonly maxLength?: number;
  readonly format?: string;
  readonly items?: SettingSchema;
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, SettingSchema>>;
  readonly propertyNames?: SettingSchema;
  readonly additionalProperties?: SettingSchema | boolean;
  readonly anyOf?: readonly SettingSchema[];
  readonly oneOf?: readonly SettingSchema[];
}

/** JSON Schema 2020-12 of what one environment says, its blueprint included, and of `shared`. */
export interface SettingsSchemas {
  readonly environment: SettingSchema;
  readonly shared: SettingSchema;
}

/**
 * The shapes of all settings with their comments as descriptions. What no shape can say, such as rules between
 * entries or environments, is not in it: only `make synth` tells whether settings are right.
 */
export function settingsSchemas(): SettingsSchemas {
  return (made ??= make());
}

/** Made once: the compiler takes seconds. */
let made: SettingsSchemas | undefined;

function make(): SettingsSchemas {
  const [environment, shared] = SettingComments.of('EnvironmentInput', 'SharedInput');
  return {
    environment: described(shapeOf(environmentSchema), environment),
    shared: described(shapeOf(sharedSchema), shared),
  };
}

/** What one environment says, without comments: in no time. */
export const environmentShape = (): SettingSchema => shapeOf(environmentSchema);

/** Of what is written: a default makes a setting optional. */
const shapeOf = (schema: z.ZodType) =>
  z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as SettingSchema;

function described(schema: SettingSchema, found: SettingComments | undefined): SettingSchema {
  if (!found) return schema;
  const { properties, additionalProperties: entries, items, anyOf, oneOf } = schema;
  const comments = properties ? found.having(Object.keys(properties)) : found;
  const alternatives = (list: readonly SettingSchema[]) => list.map((one) => described(one, comments));
  return {
    ...schema,
    ...(properties && {
      properties: Object.fromEntries(
        Object.entries(properties).map(([name, property]) => [name, commented(property, comments.at(name))]),
      ),
    }),
    ...(typeof entries === 'object' && { additionalProperties: described(entries, comments.at('*')) }),
    ...(items && { items: described(items, comments.at('*')) }),
    ...(anyOf && { anyOf: alternatives(anyOf) }),
    ...(oneOf && { oneOf: alternatives(oneOf) }),
  };
}

function commented(schema: SettingSchema, found: SettingComments): SettingSchema {
  const inner = described(schema, found);
  const { comment } = found;
  if (!comment) return inner;
  const text = comment.default === undefined ? comment.text : `${comment.text} Default: ${comment.default}.`;
  return { description: text, ...inner };
}
