import {
  isExpired,
  movedOwnState,
  movedReads,
  movedRun,
  type Provenance,
  type StateStamp,
} from '../../../../src/terraform/plan/provenance';
import type { StateSummary } from '../../../../src/terraform/state/state-store';

const state = (
  serial: number,
  lineage = 'l',
  outputs: Readonly<Record<string, string>> = { x: '1' },
): StateSummary => ({
  lineage,
  serial,
  resources: 1,
  managed: new Set(),
  protected: new Set(),
  outputs: new Map(Object.entries(outputs)),
});
const planned: Provenance = {
  at: '2026-01-01T00:00:00.000Z',
  revision: { commit: 'abcdef0123456789', dirty: false },
  account: '111122223333',
  terraform: 'terraform 1.11.4',
  own: { lineage: 'l', serial: 4 },
  reads: [
    {
      id: 'foundation',
      location: { bucket: 'b', key: 'k', region: 'r' },
      state: { lineage: 'l', serial: 7 },
      outputs: { x: '1' },
    },
  ],
};

describe('what a run is made with', () => {
  it.each<{ title: string; now: Partial<Provenance>; lines: readonly string[] }>([
    { title: 'the same', now: {}, lines: [] },
    {
      title: 'another commit',
      now: { revision: { commit: 'fedcba9876543210', dirty: false } },
      lines: ['the commit must be as it was planned with, abcdef012345, got fedcba987654'],
    },
    {
      title: 'changes that are not committed',
      now: { revision: { commit: 'abcdef0123456789', dirty: true } },
      lines: [
        'the commit must be as it was planned with, abcdef012345, got abcdef012345 with uncommitted changes',
      ],
    },
    {
      title: 'no repository',
      now: { revision: undefined },
      lines: ['the commit must be as it was planned with, abcdef012345, got no commit'],
    },
    {
      title: 'another release of Terraform',
      now: { terraform: 'terraform 1.12.0' },
      lines: ['Terraform must be as it was planned with, terraform 1.11.4, got terraform 1.12.0'],
    },
    {
      title: 'another account',
      now: { account: '444455556666' },
      lines: ['the account must be as it was planned with, 111122223333, got 444455556666'],
    },
  ])('$title', ({ now, lines }) => {
    expect(movedRun(planned, { ...planned, ...now })).toEqual(lines);
  });
});

describe('the state of the stack itself', () => {
  it.each([
    { title: 'the same', now: state(4), lines: [] },
    {
      title: 'a later one',
      now: state(5),
      lines: ['its state must be as it was planned with, serial 4, got serial 5'],
    },
    {
      title: 'another one',
      now: state(4, 'm'),
      lines: ['its state must be as it was planned with, serial 4, got another state, serial 4'],
    },
    {
      title: 'none',
      now: undefined,
      lines: ['its state must be as it was planned with, serial 4, got no state'],
    },
  ])('$title', ({ now, lines }) => {
    expect(movedOwnState(planned, now)).toEqual(lines);
  });

  it('may be none before and after', () => {
    expect(movedOwnState({ ...planned, own: undefined }, undefined)).toEqual([]);
  });
});

describe('a state that is read', () => {
  const moved = 'the state of foundation must be as it was planned with, serial 7, got serial 8';
  it.each<{
    title: string;
    now: StateSummary | undefined;
    applied: Readonly<Record<string, StateStamp>>;
    lines: readonly string[];
  }>([
    { title: 'the same', now: state(7), applied: {}, lines: [] },
    { title: 'moved by somebody', now: state(8), applied: {}, lines: [moved] },
    {
      title: 'moved by our own apply, with the same outputs',
      now: state(8),
      applied: { foundation: { lineage: 'l', serial: 8 } },
      lines: [],
    },
    {
      title: 'moved by our own apply, with another value of what is read',
      now: state(8, 'l', { x: '2' }),
      applied: { foundation: { lineage: 'l', serial: 8 } },
      lines: ['output x of foundation must be as it was planned with, one value, got another one'],
    },
    {
      title: 'moved by our own apply, with another value of what is not read',
      now: state(8, 'l', { x: '1', y: '9' }),
      applied: { foundation: { lineage: 'l', serial: 8 } },
      lines: [],
    },
    {
      title: 'moved by somebody after our own apply',
      now: state(8),
      applied: { foundation: { lineage: 'l', serial: 7 } },
      lines: [moved],
    },
    {
      title: 'gone',
      now: undefined,
      applied: {},
      lines: ['the state of foundation must be as it was planned with, serial 7, got no state'],
    },
  ])('$title', ({ now, applied, lines }) => {
    expect(movedReads(planned, new Map([['foundation', now]]), new Map(Object.entries(applied)))).toEqual(
      lines,
    );
  });
});

it.each([
  { now: '2026-01-02T00:00:00.000Z', is: false },
  { now: '2026-01-02T00:00:00.001Z', is: true },
])('a plan of midnight is over at $now: $is', ({ now, is }) => {
  expect(isExpired(planned, new Date(now))).toBe(is);
});
