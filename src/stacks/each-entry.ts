import { Construct } from 'constructs';

/** One construct for each entry, below a scope that groups them in addresses. */
export function eachEntry<Settings, Built>(
  stack: Construct,
  group: string,
  entries: Readonly<Record<string, Settings>>,
  build: (group: Construct, name: string, settings: Settings) => Built,
): ReadonlyMap<string, Built> {
  const scope = new Construct(stack, group);
  return new Map(Object.entries(entries).map(([name, settings]) => [name, build(scope, name, settings)]));
}
