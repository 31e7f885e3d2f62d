import { effectsOf, mentioned } from '../../../../src/terraform/plan/plan-effects';
import { mentionsIn } from '../../../../src/terraform/state/state-store';

const resource = (address: string, actions: readonly string[], before: unknown, more: object = {}) => ({
  address,
  type: 'aws_x',
  change: { actions, before },
  ...more,
});

describe('what a plan does to others', () => {
  it('is a change of every output that does not stay as it is', () => {
    const { outputs } = effectsOf({
      output_changes: {
        same: { actions: ['no-op'] },
        new: { actions: ['create'] },
        other: { actions: ['update'] },
        gone: { actions: ['delete'] },
      },
    });
    expect([...outputs].sort()).toEqual(['gone', 'new', 'other']);
  });

  it('is the loss of what goes for good, by the names that others know', () => {
    const { removals } = effectsOf({
      resource_changes: [
        resource('aws_x.gone', ['delete'], { id: 'x-1', arn: 'arn:x', secret: 'value' }),
        resource('aws_x.replaced', ['delete', 'create'], { id: 'x-2' }),
        resource('aws_x.left-over', ['delete'], { id: 'x-3' }, { deposed: '4711' }),
        resource('aws_x.forgotten', ['forget'], { id: 'x-4' }),
        resource('aws_x.nameless', ['delete'], {}),
      ],
      output_changes: {
        subnets: { actions: ['delete'], before: ['subnet-1', { more: 'subnet-2' }] },
        other: { actions: ['update'], before: 'y' },
      },
    });
    expect(removals).toEqual([
      { what: 'aws_x.gone', names: ['x-1', 'arn:x'] },
      { what: 'output subnets', names: ['subnet-1', 'subnet-2'] },
    ]);
  });
});

describe('a name is mentioned', () => {
  const text = 'in arn:aws:iam::1:role/a and subnet-0123456789abcdef0, orders-db';
  it.each([
    { name: 'orders', texts: ['orders'], is: true },
    { name: 'orders', texts: [text], is: false },
    { name: 'arn:aws:iam::1:role/a', texts: [text], is: true },
    { name: 'subnet-0123456789abcdef0', texts: [text], is: true },
    { name: 'subnet-0123456789abcdef1', texts: [text], is: false },
  ])('$name in $texts: $is', ({ name, texts, is }) => {
    expect(mentioned([name], texts).has(name)).toBe(is);
  });

  it('in a state, by what is there, and not by what was only read', () => {
    const of = (mode: string) =>
      JSON.stringify({ resources: [{ mode, instances: [{ attributes: { deep: [{ id: 'vpc-1' }] } }] }] });
    expect(mentionsIn(of('managed'), ['vpc-1', 'vpc-2'])).toEqual(new Set(['vpc-1']));
    expect(mentionsIn(of('data'), ['vpc-1'])).toEqual(new Set());
    expect(mentionsIn('{}', ['vpc-1'])).toEqual(new Set());
  });
});
