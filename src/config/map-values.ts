/** The entries under the same names, each changed. */
export const mapValues = <T, U>(entries: Record<string, T>, change: (value: T) => U): Record<string, U> =>
  Object.fromEntries(Object.entries(entries).map(([name, value]) => [name, change(value)]));
