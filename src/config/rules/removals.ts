import type { Draft } from '../check';
import { isMap, valueAt } from '../merge';
import { closest, didYouMean } from '../problem';

/** `null` removes an entry of the blueprint; removing nothing is a mistake in the name. */
export function checkRemovals({ file, report }: Draft): void {
  visit(file.overrides, []);

  function visit(value: unknown, path: readonly string[]): void {
    if (!isMap(value)) return;
    for (const [key, inner] of Object.entries(value)) {
      const at = [...path, key];
      if (inner !== null) {
        visit(inner, at);
      } else if ((valueAt(file.blueprint, at) ?? undefined) === undefined) {
        report({
          path: at,
          rule: 'remove something that the blueprint has',
          value: null,
          settles: true,
          remedy: remedy(key, valueAt(file.blueprint, path), path.length === 1),
        });
      }
    }
  }
}

/** Of entries there are others; a setting that nobody has made has nothing to take back. */
function remedy(key: string, around: unknown, isEntry: boolean): string {
  const known = isMap(around) ? Object.keys(around) : [];
  if (isEntry || closest(key, known) !== undefined) return didYouMean(key, known);
  return 'take it out, or write a value: the blueprint does not set it';
}
