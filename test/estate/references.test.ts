import type { StackJson } from '../support/estate';
import { everyEstate } from '../support/estates';
import { declared, referencesIn } from '../support/references';

/** What a stack reads but neither it nor, for outputs, its upstream declares. */
function dangling(stack: StackJson, all: readonly StackJson[]): string[] {
  const known = declared(stack);
  const missing = [...known.entries()].flatMap(([address, body]) =>
    referencesIn(body)
      .filter((reference) => !known.has(reference))
      .map((reference) => `${address} -> ${reference}`),
  );
  const outputs = [
    ...stack.text.matchAll(/data\.terraform_remote_state\.([\w-]+)\.outputs\.([\w-]+)/g),
  ].filter(([, layer, output]) => upstream(stack, layer ?? '', all)?.output[output ?? ''] === undefined);
  return [...missing, ...outputs.map(([text]) => text)];
}

/** What links regions reads the same layer of both. */
const upstream = (stack: StackJson, layer: string, all: readonly StackJson[]) =>
  all.find(
    ({ place }) =>
      place.scope === stack.place.scope &&
      (stack.place.global
        ? layer.startsWith(`${place.layer}-`)
        : place.region === stack.place.region && place.layer === layer),
  );

/** The first cycle among a stack's resources, as a list of addresses. */
function cycleIn(stack: StackJson): string[] | undefined {
  const edges = new Map([...declared(stack)].map(([address, body]) => [address, referencesIn(body)]));
  const done = new Set<string>();
  const visit = (address: string, path: string[]): string[] | undefined => {
    if (path.includes(address)) return [...path.slice(path.indexOf(address)), address];
    if (done.has(address)) return undefined;
    for (const next of edges.get(address) ?? []) {
      const cycle = visit(next, [...path, address]);
      if (cycle) return cycle;
    }
    done.add(address);
    return undefined;
  };
  for (const address of edges.keys()) {
    const cycle = visit(address, []);
    if (cycle) return cycle;
  }
  return undefined;
}

describe.each(everyEstate)('every stack of $name', ({ stacks }) => {
  test('refers only to what it declares, or to what its upstream puts out', () => {
    const all = stacks();
    expect(all.flatMap((stack) => dangling(stack, all).map((one) => `${stack.id}: ${one}`))).toEqual([]);
  });

  test('has no cycle', () => {
    expect(stacks().map(cycleIn).filter(Boolean)).toEqual([]);
  });

  test('reads states of its own region only, so that it can be planned while another region is gone', () => {
    // links have two ends
    const regional = stacks().filter(({ place }) => place.layer !== 'links');
    const foreign = regional.flatMap((stack) =>
      Object.values(stack.data['terraform_remote_state'] ?? {}).filter(
        ({ config }) => (config as { region: string }).region !== stack.place.region,
      ),
    );
    expect(foreign).toEqual([]);
  });

  test('reads nothing of the links between regions, which cannot be planned while one is gone', () => {
    const readers = stacks().filter(({ data, dependencies }) =>
      [
        ...dependencies,
        ...Object.values(data['terraform_remote_state'] ?? {}).map((one) => JSON.stringify(one)),
      ].some((text) => /-global-links$|\/links\.tfstate/.test(text)),
    );
    expect(readers.map(({ id }) => id)).toEqual([]);
  });

  test('depends on no stack in a circle', () => {
    const all = stacks();
    const upstreamOf = new Map(all.map(({ id, dependencies }) => [id, dependencies]));
    const reach = (id: string, seen: readonly string[]): boolean =>
      (upstreamOf.get(id) ?? []).some((next) => seen.includes(next) || reach(next, [...seen, next]));
    expect(all.filter(({ id }) => reach(id, [id])).map(({ id }) => id)).toEqual([]);
  });
});

describe('the check itself', () => {
  const planted = (resource: object): StackJson =>
    ({
      id: 'x',
      place: {},
      resource,
      output: {},
      data: {},
      text: JSON.stringify({ resource }),
    }) as unknown as StackJson;

  test('sees a reference to nothing', () => {
    const stack = planted({ aws_subnet: { a: { vpc_id: '${aws_vpc.gone.id}' } } });
    expect(dangling(stack, [stack])).toEqual(['aws_subnet.a -> aws_vpc.gone']);
  });

  test('sees an output that no stack has', () => {
    const stack = planted({
      aws_subnet: { a: { vpc_id: '${data.terraform_remote_state.foundation.outputs.gone}' } },
    });
    expect(dangling(stack, [stack])).toHaveLength(2);
  });

  test('sees a cycle', () => {
    const stack = planted({ aws_x: { a: { b: '${aws_x.b.id}' }, b: { a: '${aws_x.a.id}' } } });
    expect(cycleIn(stack)).toEqual(['aws_x.a', 'aws_x.b', 'aws_x.a']);
  });
});
