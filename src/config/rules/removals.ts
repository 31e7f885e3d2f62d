import type { Draft } from '../check';
import { isMap, valueAt, type Json } from '../merge';
import { didYouMean } from '../problem';

/** `null` removes an entry of the blueprint; removing nothing is a mistake in the name. */
export function checkRemovals({ file, report }: Draft): void {
  if (isMap(file)) visit(file.overrides, []);

  function visit(value: unknown, path: readonly string[]): void {
    if (!isMap(value)) return;
    for (const [key, inner] of Object.entries(value)) {
      if (inner !== null) {
        visit(inner, [...path, key]);
      } else if (valueAt(file.blueprint, [...path, key]) === undefined) {
        const known = Object.keys((valueAt(file.blueprint, path) as Json | undefined) ?? {});
        report({
          path: [...path, key],
          rule: 'remove something that the blueprint has',
          value: null,
          remedy: didYouMean(key, known),
        });
      }
    }
  }
}
