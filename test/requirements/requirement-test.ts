import { test as everyTest } from 'vitest';
import { without } from './look';
import { requirements } from './requirements';

/**
 * A test of a requirement, whose title begins with its id. It is run once more for each kind of resource that its row
 * names, on the same stacks without them, and has to fail there: what looks at a capability and does not miss it shows
 * nothing.
 */
export function test(title: string, body: () => void | Promise<void>): void {
  const id = title.slice(0, title.indexOf(':'));
  everyTest(title, body);
  const { resources = [] } = requirements.find((one) => one.id === id) ?? {};
  for (const resource of resources)
    everyTest(`${id} is not met without ${resource}`, () =>
      expect(without(resource, async () => body())).rejects.toThrow(),
    );
}
