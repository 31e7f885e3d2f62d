import { type Limit, limitsOfType } from '../models/limits';
import type { Problem } from '../protocol/requests';
import { isMap, type Value, type ValueMap } from '../protocol/values';

/** Enumerations, ranges, lengths and patterns. The messages are those of the provider's own checks. */
export function checkLimits(type: string, config: ValueMap): Problem[] {
  const problems = new Map<string, Problem>();
  for (const [path, limit] of limitsOfType(type)) {
    const steps = path.split('.');
    for (const value of valuesAt(config, steps)) {
      const summary = violation(steps.at(-1) ?? path, limit, value);
      if (summary !== undefined) problems.set(summary, { summary, path: steps.slice(0, 1) });
    }
  }
  return [...problems.values()];
}

/** Every value at a path, through the blocks and lists on the way. */
function valuesAt(value: Value | undefined, [step, ...rest]: readonly string[]): Value[] {
  if (Array.isArray(value))
    return value.flatMap((each) => valuesAt(each, step === undefined ? [] : [step, ...rest]));
  if (step === undefined) return value === undefined || value === null ? [] : [value];
  return isMap(value) ? valuesAt(value[step], rest) : [];
}

function violation(name: string, limit: Limit, value: Value): string | undefined {
  if (typeof value === 'string') return textViolation(name, limit, value);
  if (typeof value === 'number' || typeof value === 'bigint')
    return numberViolation(name, limit, Number(value));
  return undefined;
}

/** Some numbers are texts in Terraform. An empty text is the same as none. */
function textViolation(name: string, limit: Limit, text: string): string | undefined {
  const { values, min = 0, max = Infinity, pattern } = limit;
  if (text === '') return undefined;
  if (values && !values.includes(text)) {
    return `expected ${name} to be one of [${values.map((each) => `"${each}"`).join(' ')}], got ${text}`;
  }
  if (text.length < min || text.length > max) {
    return `expected length of ${name} to be in the range (${min} - ${max}), got ${text.length}: ${text.slice(0, 80)}`;
  }
  if (pattern !== undefined && !new RegExp(`^(?:${pattern})$`).test(text)) {
    return `invalid value for ${name} (must match regular expression "${pattern}"): ${text}`;
  }
  return undefined;
}

function numberViolation(name: string, { numbers, min = -Infinity, max = Infinity }: Limit, value: number) {
  if (numbers && !numbers.includes(value)) {
    return `expected ${name} to be one of [${numbers.join(' ')}], got ${value}`;
  }
  if (value >= min && value <= max) return undefined;
  if (max === Infinity) return `expected ${name} to be at least (${min}), got ${value}`;
  return `expected ${name} to be in the range (${min} - ${max}), got ${value}`;
}
