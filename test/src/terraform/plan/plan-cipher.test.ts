import { randomBytes } from 'node:crypto';
import { InputError, RefusedError } from '../../../../src/errors';
import { planKeyOf, seal, unseal } from '../../../../src/terraform/plan/plan-cipher';

const key = randomBytes(32);
const plan = Buffer.from('a plan with a secret');

describe('the key of plans', () => {
  it('is 32 bytes in base64, or none', () => {
    expect(planKeyOf({ PLAN_KEY: key.toString('base64') })).toEqual(key);
    expect(planKeyOf({})).toBeUndefined();
    expect(planKeyOf({ PLAN_KEY: '' })).toBeUndefined();
  });

  it('is refused in any other length, without being shown', () => {
    expect(() => planKeyOf({ PLAN_KEY: 'c2hvcnQ=' })).toThrow(
      new InputError([
        'PLAN_KEY must be 32 bytes in base64, got 5 bytes; make one with openssl rand -base64 32',
      ]),
    );
  });
});

describe('a sealed plan', () => {
  const sealed = seal(plan, key, 'record');

  it('shows nothing of what it holds, and opens with its key', () => {
    expect(sealed.includes('secret')).toBe(false);
    expect(unseal(sealed, key, 'record', 'a')).toEqual(plan);
  });

  it('is never the same twice', () => {
    expect(seal(plan, key, 'record')).not.toEqual(sealed);
  });

  const changed = Buffer.from(sealed);
  changed[changed.length - 1]! ^= 1;
  it.each([
    { title: 'another key', saved: sealed, with: randomBytes(32), record: 'record', says: 'or another key' },
    { title: 'another record', saved: sealed, with: key, record: 'other', says: 'or another key' },
    { title: 'a changed byte', saved: changed, with: key, record: 'record', says: 'or another key' },
    { title: 'no key', saved: sealed, with: undefined, record: 'record', says: 'PLAN_KEY must be set' },
    { title: 'a plain plan in its place', saved: plan, with: key, record: 'record', says: 'got a plain one' },
  ])('is refused with $title', ({ saved, with: other, record, says }) => {
    expect(() => unseal(saved, other, record, 'a')).toThrow(RefusedError);
    expect(() => unseal(saved, other, record, 'a')).toThrow(says);
  });

  it('is not asked for where there is no key', () => {
    expect(unseal(plan, undefined, 'record', 'a')).toEqual(plan);
  });
});
