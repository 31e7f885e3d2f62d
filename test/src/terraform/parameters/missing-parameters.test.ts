import { makeCommand } from '../../../../src/terraform/output/command-text';
import {
  missingParameters,
  missingParameterText,
} from '../../../../src/terraform/parameters/missing-parameters';
import type { ParameterStore } from '../../../../src/terraform/aws/parameter-store';

it('looks up all names of a region at once, and returns what is not there', async () => {
  const asked: object[] = [];
  const store: Pick<ParameterStore, 'present'> = {
    present(region, names) {
      asked.push({ region, names });
      return Promise.resolve(new Map([['/dev/a/X', { type: 'String' }]]));
    },
  };
  const needed = [
    { region: 'us-east-1', name: '/dev/a/X', secret: false },
    { region: 'us-west-2', name: '/dev/a/X', secret: false },
    { region: 'us-east-1', name: '/dev/b/Y', secret: true },
  ];
  expect(await missingParameters(store as ParameterStore, needed)).toEqual([
    { region: 'us-east-1', name: '/dev/b/Y' },
  ]);
  expect(asked).toEqual([
    { region: 'us-east-1', names: ['/dev/a/X', '/dev/b/Y'] },
    { region: 'us-west-2', names: ['/dev/a/X'] },
  ]);
});

it.each([
  ['String', undefined, 'String'],
  ['StringList', undefined, 'StringList'],
  ['SecureString', 'alias/aws/ssm', 'one by alias/aws/ssm'],
  [
    'SecureString',
    'arn:aws:kms:us-east-1:111122223333:alias/qa-parameters',
    'one by arn:aws:kms:us-east-1:111122223333:alias/qa-parameters',
  ],
  ['SecureString', 'alias/dev-parameters', undefined],
  ['SecureString', 'arn:aws:kms:us-east-1:111122223333:alias/dev-parameters', undefined],
  ['SecureString', 'arn:aws:kms:us-east-1:111122223333:key/1', undefined],
])('holds a secret that is a %s by %s against the key of its environment', async (type, keyId, got) => {
  const name = '/dev/api/KEY';
  const store: Pick<ParameterStore, 'present'> = {
    present: () => Promise.resolve(new Map([[name, { type, keyId }]])),
  };
  const needed = { region: 'us-west-2', name, secret: true };
  const problems = await missingParameters(store as ParameterStore, [needed]);
  expect(problems.map((one) => missingParameterText(one, { scope: 'dev' }))).toEqual(
    got === undefined
      ? []
      : [
          `parameter ${name} in us-west-2 must be a SecureString by alias/dev-parameters, got ${got}; delete it there, then run make secrets ENV=dev SERVICE=api NAME=KEY`,
        ],
  );
  // a release is no secret
  expect(await missingParameters(store as ParameterStore, [{ ...needed, secret: false }])).toEqual([]);
});

it.each([
  ['/releases/dev/api', 'run make release ENV=dev SERVICE=api DIGEST=sha256:…'],
  [
    '/releases/dev/trace-collector',
    'copy the collector as docs/operations.md says under Traces, then run make release ENV=dev SERVICE=trace-collector DIGEST=sha256:…',
  ],
  [
    '/releases/dev/database-users',
    'run make users-image, push what it makes, then run make release ENV=dev SERVICE=database-users DIGEST=sha256:…',
  ],
  ['/dev/api/AUTH0_SECRET', 'run make secrets ENV=dev SERVICE=api NAME=AUTH0_SECRET'],
  ['/other/api/AUTH0_SECRET', 'write it'],
  ['/dev/api/deeper/KEY', 'write it'],
  ['/dev/api', 'write it'],
])('says of %s which command writes it', (name, remedy) => {
  expect(missingParameterText({ name, region: 'us-west-2' }, { scope: 'dev' })).toBe(
    `parameter ${name} must be in us-west-2 before a plan, got none; ${remedy}`,
  );
});

it('names the example that a parameter belongs to', () => {
  expect(
    missingParameterText({ name: '/releases/dev/api', region: 'r' }, { scope: 'dev', example: 'minimal' }),
  ).toBe(
    'parameter /releases/dev/api must be in r before a plan, got none; run make release ENV=dev EXAMPLE=minimal SERVICE=api DIGEST=sha256:…',
  );
});

it.each([
  [{ scope: 'prod' }, 'make plan ENV=prod'],
  [{ scope: 'shared' }, 'make plan SCOPE=shared'],
  [{ scope: 'account-111122223333' }, 'make plan SCOPE=account-111122223333'],
  [
    { scope: 'dev', example: 'minimal', region: 'us-west-2' },
    'make plan ENV=dev EXAMPLE=minimal REGION=us-west-2',
  ],
])('writes the command for %o', (target, text) => {
  expect(makeCommand('plan', target)).toBe(text);
});
