import type { Upstream } from '../../../../src/terraform/stacks/stack-graph';
import type { StateSummary } from '../../../../src/terraform/state/state-store';
import {
  settle,
  waitingText,
  waitsFor,
  type Settling,
  type UpstreamEnd,
  type Waiting,
} from '../../../../src/terraform/stacks/waiting';

const upstream = (id: string, ...outputs: readonly string[]): Upstream => ({
  id,
  location: { bucket: '', key: '', region: '' },
  outputs,
});
const state = (resources: number, ...outputs: readonly string[]): StateSummary => ({
  lineage: 'x',
  serial: 1,
  resources,
  managed: new Set(),
  protected: new Set(),
  outputs: new Map(outputs.map((name) => [name, ''])),
});
const changing = (...outputs: readonly string[]): UpstreamEnd => ({
  kind: 'planned',
  effects: { outputs: new Set(outputs), removals: [] },
});
const usedBy = (id: string): readonly Waiting[] => [{ for: id, removal: 'aws_subnet.old' }];

describe('a stack waits', () => {
  const none: Readonly<Record<string, never>> = {};
  const standing = { a: state(3, 'x', 'y') };
  it.each<{
    title: string;
    upstreams: readonly Upstream[];
    states: Readonly<Record<string, StateSummary>>;
    ends: Readonly<Record<string, UpstreamEnd>>;
    text: string | undefined;
  }>([
    { title: 'nothing upstream', upstreams: [], states: none, ends: none, text: undefined },
    {
      title: 'a state with something',
      upstreams: [upstream('a')],
      states: { a: state(1) },
      ends: none,
      text: undefined,
    },
    {
      title: 'a state of outputs alone',
      upstreams: [upstream('a', 'x')],
      states: { a: state(0, 'x') },
      ends: none,
      text: undefined,
    },
    { title: 'no state', upstreams: [upstream('a')], states: none, ends: none, text: 'waiting for a' },
    {
      title: 'an empty state',
      upstreams: [upstream('a')],
      states: { a: state(0) },
      ends: none,
      text: 'waiting for a',
    },
    {
      title: 'an output that is missing',
      upstreams: [upstream('a', 'x', 'z')],
      states: standing,
      ends: none,
      text: 'waiting for a (its output z)',
    },
    {
      title: 'several stacks',
      upstreams: [upstream('a'), upstream('b'), upstream('c')],
      states: { b: state(1) },
      ends: none,
      text: 'waiting for a, c',
    },
    {
      title: 'an upstream without changes',
      upstreams: [upstream('a', 'x')],
      states: standing,
      ends: { a: { kind: 'unchanged' } },
      text: undefined,
    },
    {
      title: 'an output that will change',
      upstreams: [upstream('a', 'x')],
      states: standing,
      ends: { a: changing('x') },
      text: 'waiting for a (its output x will change)',
    },
    {
      title: 'a change of an output that is not read',
      upstreams: [upstream('a', 'x')],
      states: standing,
      ends: { a: changing('y') },
      text: undefined,
    },
    {
      title: 'a change upstream where only the order counts',
      upstreams: [upstream('a')],
      states: standing,
      ends: { a: changing('x') },
      text: undefined,
    },
    {
      title: 'outputs of a stack that waits itself',
      upstreams: [upstream('a', 'x')],
      states: standing,
      ends: { a: { kind: 'waiting' } },
      text: 'waiting for a',
    },
    {
      title: 'outputs of a stack whose planning failed',
      upstreams: [upstream('a', 'x')],
      states: standing,
      ends: { a: { kind: 'failed' } },
      text: 'waiting for a',
    },
    {
      title: 'a stack whose planning failed, where only the order counts',
      upstreams: [upstream('a')],
      states: standing,
      ends: { a: { kind: 'failed' } },
      text: undefined,
    },
    {
      title: 'outputs that change, though it has to be applied first itself',
      upstreams: [upstream('a', 'x')],
      states: standing,
      ends: { a: { ...changing('x'), users: usedBy('me') } },
      text: undefined,
    },
    {
      title: 'outputs that change, when somebody else has to be applied first',
      upstreams: [upstream('a', 'x')],
      states: standing,
      ends: { a: { ...changing('x'), users: usedBy('other') } },
      text: 'waiting for a (its output x will change)',
    },
  ])('$title: $text', ({ upstreams, states, ends, text }) => {
    const waiting = waitsFor('me', upstreams, new Map(Object.entries(states)), new Map(Object.entries(ends)));
    expect(waiting.length > 0 ? waitingText(waiting) : undefined).toBe(text);
  });
});

describe('when all are planned', () => {
  const nothingRead = new Map<string, readonly string[]>();
  const end = (kind: string, more: Partial<Settling> = {}): Settling => ({
    kind,
    reads: nothingRead,
    ...more,
  });
  const removing = { ...changing('x'), reads: nothingRead, users: usedBy('b') };
  const readsX = { reads: new Map([['a', ['x']]]) };
  it.each<{
    title: string;
    ends: Readonly<Record<string, Settling>>;
    waiting: Readonly<Record<string, string>>;
  }>([
    { title: 'what takes nothing away goes', ends: { a: end('planned'), b: end('planned') }, waiting: {} },
    {
      title: 'what is still used waits for the user that has a plan',
      ends: { a: removing, b: end('planned') },
      waiting: { a: 'waiting for b (to be applied without aws_subnet.old)' },
    },
    {
      title: 'it goes once the user has nothing to change',
      ends: { a: removing, b: end('unchanged') },
      waiting: {},
    },
    {
      title: 'it waits for a user that could not be planned',
      ends: { a: removing, b: end('failed') },
      waiting: { a: 'waiting for b (to be applied without aws_subnet.old)' },
    },
    {
      title: 'a user without changes waits for outputs that change after all',
      ends: { a: removing, b: end('unchanged', readsX) },
      waiting: { b: 'waiting for a (its output x will change)' },
    },
    {
      title: 'a user with a plan goes first, whatever changes later',
      ends: { a: removing, b: end('planned', readsX) },
      waiting: { a: 'waiting for b (to be applied without aws_subnet.old)' },
    },
  ])('$title', ({ ends, waiting }) => {
    const settled = settle(new Map(Object.entries(ends)));
    expect(Object.fromEntries([...settled.waiting].map(([id, one]) => [id, waitingText(one)]))).toEqual(
      waiting,
    );
    expect(settled.stuck).toEqual([]);
  });

  it('two that wait for each other are named', () => {
    const back = { kind: 'waiting', reads: nothingRead, waiting: [{ for: 'a', output: 'new' }] };
    const { stuck } = settle(
      new Map<string, Settling>([
        ['a', removing],
        ['b', back],
      ]),
    );
    expect(stuck).toEqual([
      'a must keep aws_subnet.old until b is applied without it, got a change in which b also needs the output new first; add what is new in one change, and take away what is old in the next',
    ]);
  });
});
