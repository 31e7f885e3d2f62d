import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cachedSchema } from '../schema/cached-schema';
import type { Block } from '../schema/provider-schema';
import { type Limit, LIMITS_FILE, type Limits } from './limits';
import { MODELLED_CALLS, type ModelledCall } from './operations';
import { ServiceModel, type Shape } from './service-model';

/*
 * Writes limits.json anew:  npx tsx test/rehearsal/models/record-limits.ts <folder>/botocore/data
 * No npm package carries lengths, ranges and patterns (those of the AWS SDK are stripped of them), botocore does:
 *   pip download --no-deps botocore && unzip botocore-*.whl
 */

/** Every limit that a model sets on an argument of a block, by the argument's path. */
function limitsOf(
  block: Block,
  shape: Shape,
  model: ServiceModel,
  names: ModelledCall['renamed'],
): Limits[string] {
  const found: Record<string, Limit> = {};
  const shapeOf = (path: string, name: string, inside: Shape): Shape | undefined => {
    const renamed = names?.[path] ?? name;
    return renamed.startsWith('^') ? model.member(shape, renamed.slice(1)) : model.member(inside, renamed);
  };
  const visit = (current: Block, inside: Shape, before: string): void => {
    for (const [name, attribute] of Object.entries(current.attributes)) {
      if (attribute.computed && !attribute.optional) continue;
      const member = shapeOf(before + name, name, inside);
      const limit = member && limitIn(model.content(member));
      if (limit) found[before + name] = limit;
    }
    for (const [name, nested] of Object.entries(current.blocks)) {
      const member = shapeOf(before + name, name, inside);
      const content = member ? model.content(member) : { type: 'structure' };
      if (content.type === 'structure') visit(nested.block, content, `${before}${name}.`);
    }
  };
  visit(block, shape, '');
  return found;
}

function limitIn(shape: Shape): Limit | undefined {
  const isText = shape.type === 'string';
  const isNumber = ['integer', 'long', 'double', 'float'].includes(shape.type);
  if (!isText && !isNumber) return undefined;
  const { enum: values, min, max } = shape;
  if (values) return { values: [...values] };
  const pattern = isText ? usablePattern(shape.pattern) : undefined;
  if (min === undefined && max === undefined && pattern === undefined) return undefined;
  return {
    ...(min !== undefined && { min }),
    ...(max !== undefined && { max }),
    ...(pattern !== undefined && { pattern }),
  };
}

/** Patterns are Java's: the few that say the whole of Unicode by surrogates mean nothing here. */
function usablePattern(pattern: string | undefined): string | undefined {
  if (pattern === undefined || /\\u[dD][89a-fA-F]|\\p\{/.test(pattern)) return undefined;
  new RegExp(`^(?:${pattern})$`);
  return pattern;
}

function record(data: string): void {
  const schema = cachedSchema();
  const limits: Record<string, Limits[string]> = {};
  for (const [type, calls] of Object.entries(MODELLED_CALLS)) {
    const block = schema.resources[type];
    if (!block) throw new Error(`the provider has no ${type}`);
    for (const { service, operation, renamed } of calls) {
      const model = ServiceModel.read(data, service);
      limits[type] = { ...limits[type], ...limitsOf(block, model.input(operation), model, renamed) };
    }
  }
  writeFileSync(LIMITS_FILE, `${JSON.stringify(limits, null, 2)}\n`);
  const count = Object.values(limits).reduce((sum, each) => sum + Object.keys(each).length, 0);
  console.log(`${count} limits on ${Object.keys(limits).length} types in ${LIMITS_FILE}`);
}

const [, , data] = process.argv;
if (data === undefined) {
  console.error(
    `usage: npx tsx ${join('test', 'rehearsal', 'models', 'record-limits.ts')} <botocore's folder data>`,
  );
  process.exitCode = 2;
} else record(data);
