import { matrixOf, writeOut } from '../../../src/commands/matrix';
import { InputError } from '../../../src/errors';
import { estateOf } from '../../support/estate';
import { fixture, fixtureStacks } from '../../support/estates';

describe('the matrix of a pipeline', () => {
  test('says of each environment what comes before it, who approves it, and with which roles', () => {
    const cells = matrixOf(estateOf(fixture), fixtureStacks());
    expect(cells.map(({ name, after, approvers }) => [name, after, approvers])).toEqual([
      ['dev', undefined, ['platform-team']],
      ['qa', undefined, ['platform-team']],
      ['beta', undefined, ['platform-team']],
      ['prod', 'beta', ['production-approvers']],
    ]);
    expect(cells[3]).toMatchObject({
      account: '444444444444',
      region: 'us-west-2',
      production: true,
      roles: {
        plan: 'arn:aws:iam::444444444444:role/delivery/prod-plan',
        apply: 'arn:aws:iam::444444444444:role/delivery/prod-apply',
      },
      stacks: [
        'prod-global-names',
        'prod-us-east-1-foundation',
        'prod-us-west-2-foundation',
        'prod-global-links',
        'prod-us-east-1-workload',
        'prod-us-west-2-workload',
        'prod-us-east-1-replication',
        'prod-us-west-2-replication',
        'prod-us-east-1-edge',
        'prod-global-alerts',
      ],
    });
  });

  test.each([
    ['/', 'EISDIR'],
    ['package.json/matrix.json', '(ENOTDIR|EEXIST)'],
  ])('says in one line that %s cannot be written', (out, code) => {
    const line = `^OUT must name a file that can be written, got ${out} \\(${code}\\); choose another one$`;
    expect(() => writeOut(out, '')).toThrow(InputError);
    expect(() => writeOut(out, '')).toThrow(new RegExp(line));
  });
});
