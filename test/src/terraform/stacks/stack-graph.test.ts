import type { SynthesizedStack } from '../../../../src/synth';
import { stackId } from '../../../../src/stacks/base-stack';
import { allUpstreamOf, inOrder, inRegion, upstreamsOf } from '../../../../src/terraform/stacks/stack-graph';
import { place } from '../driver-world';

const node = (id: string, ...dependencies: readonly string[]) => ({ id, dependencies });
const ids = (stacks: readonly { id: string }[]) => stacks.map(({ id }) => id);

describe('order', () => {
  it.each([
    { title: 'keeps what is in order', stacks: [node('a'), node('b', 'a')], order: ['a', 'b'] },
    { title: 'puts upstream first', stacks: [node('b', 'a'), node('a')], order: ['a', 'b'] },
    {
      title: 'follows chains and joins',
      stacks: [node('d', 'b', 'c'), node('c', 'a'), node('b', 'a'), node('a')],
      order: ['a', 'b', 'c', 'd'],
    },
    { title: 'ignores what is not there', stacks: [node('b', 'gone'), node('a')], order: ['b', 'a'] },
  ])('$title', ({ stacks, order }) => {
    expect(ids(inOrder(stacks))).toEqual(order);
  });

  it('refuses a circle, naming it', () => {
    expect(() => inOrder([node('a', 'c'), node('b', 'a'), node('c', 'b')])).toThrow(
      'stacks must not wait for each other, got a -> c -> b -> a',
    );
  });

  it('is found quickly where everything depends on everything before', () => {
    const stacks = Array.from({ length: 60 }, (_, index) =>
      node(`${index}`, ...Array.from({ length: index }, (_, before) => `${before}`)),
    );
    expect(inOrder(stacks)).toHaveLength(60);
  });
});

describe('the stacks of a region', () => {
  const east = { place: place('us-east-1', 'workload') };
  const west = { place: place('us-west-2', 'workload') };
  const names = { place: place('us-west-2', 'names', { global: true }) };

  it('are those that stand there, without what belongs to the whole scope', () => {
    expect(inRegion([east, west, names], 'us-west-2')).toEqual([west]);
  });

  it('that is called global are those of the whole scope', () => {
    expect(inRegion([east, west, names], 'global')).toEqual([names]);
  });

  it('are all stacks if no region is named', () => {
    expect(inRegion([east, west, names], undefined)).toEqual([east, west, names]);
  });
});

describe('upstream', () => {
  const stack = (
    layer: string,
    dependencies: readonly string[] = [],
    region = 'us-east-1',
  ): SynthesizedStack => ({
    id: stackId(place(region, layer)),
    place: place(region, layer),
    dependencies,
    folder: '',
  });
  const foundation = stack('foundation');
  const read = {
    location: {
      bucket: 'dev-us-east-1-state-1',
      key: 'dev/us-east-1/foundation.tfstate',
      region: 'us-east-1',
    },
    outputs: ['vpc'],
  };

  it('is a stack whose state is read, even if it was not selected', () => {
    expect(upstreamsOf(stack('workload'), [], [read])).toEqual([
      { id: 'dev-us-east-1-foundation', location: read.location, outputs: ['vpc'] },
    ]);
  });

  it('is a global stack whose state is read, by its id', () => {
    const location = { ...read.location, key: 'dev/global/names.tfstate' };
    expect(upstreamsOf(stack('workload'), [], [{ location, outputs: [] }])).toMatchObject([
      { id: 'dev-global-names' },
    ]);
  });

  it('is a stack that comes before, if it was selected', () => {
    const workload = stack('workload', [foundation.id, 'dev-global-names']);
    expect(upstreamsOf(workload, [workload, foundation], [])).toEqual([
      {
        id: 'dev-us-east-1-foundation',
        location: {
          bucket: 'dev-us-east-1-state-111122223333',
          key: 'dev/us-east-1/foundation.tfstate',
          region: 'us-east-1',
        },
        outputs: [],
      },
    ]);
  });

  it('is named once if it is read and comes before', () => {
    const workload = stack('workload', [foundation.id]);
    expect(upstreamsOf(workload, [foundation], [read])).toHaveLength(1);
  });
});

it('everything upstream of a stack is found, once each, and nothing else', () => {
  const stacks = [node('a'), node('b', 'a', 'gone'), node('c', 'b', 'a'), node('d', 'a')];
  expect([...allUpstreamOf('c', stacks)].sort()).toEqual(['a', 'b', 'gone']);
  expect([...allUpstreamOf('a', stacks)]).toEqual([]);
});
