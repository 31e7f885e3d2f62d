import { types } from 'node:util';
import { TAKEN_BY_LANGUAGE } from '../../modules/settings/fields';
import type { Finding } from './check';

/** Deeper than any setting lies, and not yet as deep as the stack. */
const DEEPEST = 32;

/** Keys under which every object of JavaScript already has something, and which maps therefore lose or mistake. */
const TAKEN_KEYS = new Set(['prototype', ...Object.getOwnPropertyNames(Object.prototype)]);

/**
 * Settings as plain maps, lists and values, read once: whatever runs code while it is looked at, or is not
 * what it seems, is reported and left out, so that nothing behind this has to expect it.
 */
export function plainCopy(value: unknown, report: (finding: Finding) => void): unknown {
  return copy(value, [], []);

  function copy(one: unknown, path: readonly string[], around: readonly unknown[]): unknown {
    // what a function is, the schema says; it is never called
    if (typeof one === 'function') return () => undefined;
    if (typeof one !== 'object' || one === null) return one;
    const refusal = refusalOf(one, path, around);
    if (refusal) return void report({ path, hideValue: true, settles: true, ...refusal });
    const inside = [...around, one];
    if (Array.isArray(one)) {
      return Array.from({ length: one.length }, (_, index) => read(one, String(index), path, inside));
    }
    return Object.fromEntries(
      Object.keys(one).flatMap((key) => {
        if (!TAKEN_KEYS.has(key)) return [[key, read(one, key, path, inside)]];
        report({ path: [...path, key], hideValue: true, settles: true, ...TAKEN });
        return [];
      }),
    );
  }

  function read(one: object, key: string, path: readonly string[], around: readonly unknown[]): unknown {
    let inner: unknown;
    try {
      inner = (one as Record<string, unknown>)[key];
    } catch {
      return void report({
        path: [...path, key],
        rule: 'be a value that can be read',
        got: 'a getter that throws',
        settles: true,
        remedy: 'write the value out',
      });
    }
    return copy(inner, [...path, key], around);
  }
}

/** As the schema says it of names that are values. */
const [rule = '', remedy = ''] = TAKEN_BY_LANGUAGE.split('; ');
const TAKEN = { rule, remedy };

type Refusal = Pick<Finding, 'rule' | 'got' | 'remedy'>;
const PLAIN = { rule: 'be text, a number, true, false, a list or a map', remedy: 'write its settings out' };

function refusalOf(one: object, path: readonly string[], around: readonly unknown[]): Refusal | undefined {
  // first, since everything else would run the proxy's own code
  if (types.isProxy(one)) return { ...PLAIN, got: 'a Proxy' };
  if (around.includes(one)) return { rule: 'not hold what it is part of', remedy: PLAIN.remedy };
  if (path.length > DEEPEST) return { rule: `lie at most ${DEEPEST} levels deep`, remedy: 'take it out' };
  if (Array.isArray(one)) return undefined;
  const prototype: unknown = Object.getPrototypeOf(one);
  if (!isPlainPrototype(prototype)) return { ...PLAIN, got: instanceName(prototype) };
  if (Object.getOwnPropertySymbols(one).length === 0) return undefined;
  return { rule: 'have text for its keys', got: 'a symbol', remedy: 'write the key in letters' };
}

/** That of `{}`, here or in another realm, or none. */
const isPlainPrototype = (prototype: unknown): boolean =>
  prototype === null ||
  (typeof prototype === 'object' &&
    !types.isProxy(prototype) &&
    Object.getPrototypeOf(prototype) === null &&
    Object.hasOwn(prototype, 'hasOwnProperty'));

/** `new Map()` is `an instance of Map`. A literal that says `__proto__` has set its prototype instead of a key. */
function instanceName(prototype: unknown): string {
  if (typeof prototype !== 'object' || prototype === null || types.isProxy(prototype))
    return 'something else';
  const maker: unknown = Object.getOwnPropertyDescriptor(prototype, 'constructor')?.value;
  const name: unknown =
    typeof maker === 'function' ? Object.getOwnPropertyDescriptor(maker, 'name')?.value : undefined;
  if (typeof name !== 'string') return 'a map that sets __proto__';
  return name === '' ? 'an instance of a class' : `an instance of ${name}`;
}
