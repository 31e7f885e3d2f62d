import { awsReason, credentialsError, isMissing } from '../../../../src/terraform/aws/aws-errors';

const named = (name: string, message: string, more: object = {}) =>
  Object.assign(new Error(message), { name }, more);

it.each([
  {
    error: named('CredentialsProviderError', 'Could not load credentials from any providers'),
    message:
      'AWS credentials must be there, got none; set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY',
  },
  {
    error: named('CredentialsProviderError', 'The SSO session associated with this profile has expired.'),
    message:
      'AWS credentials must be current, got expired ones; log in again (aws sso login, or however you got them)',
  },
  {
    error: named('TokenProviderError', "Token is expired. To refresh this SSO session run 'aws sso login'"),
    message:
      'AWS credentials must be current, got expired ones; log in again (aws sso login, or however you got them)',
  },
  {
    error: named('CredentialsProviderError', 'Could not resolve credentials using profile: [nobody]'),
    message:
      'AWS credentials must be there, got "Could not resolve credentials using profile: [nobody]"; correct the profile, or set AWS_PROFILE',
  },
  { error: named('AccessDenied', 'no'), message: undefined },
  { error: 'text', message: undefined },
])('credentials: $error', ({ error, message }) => {
  vi.stubEnv('AWS_PROFILE', undefined);
  expect(credentialsError(error)?.message).toBe(message);
});

it('names the profile that gave no credentials', () => {
  vi.stubEnv('AWS_PROFILE', 'nobody');
  expect(
    credentialsError(named('CredentialsProviderError', 'Could not load credentials from any providers'))
      ?.message,
  ).toBe(
    'AWS credentials must be there, got none from AWS_PROFILE "nobody"; correct it, or log in (aws configure list-profiles says which there are)',
  );
});

afterEach(() => vi.unstubAllEnvs());

it.each([
  { error: named('AccessDenied', 'not\n  allowed'), reason: 'AccessDenied: not allowed' },
  { error: named('NotFound', 'UnknownError'), reason: 'NotFound' },
  {
    error: named('Error', 'connect refused', { code: 'ECONNREFUSED' }),
    reason: 'ECONNREFUSED: connect refused',
  },
  { error: 'text', reason: 'Error: text' },
])('the reason is on one line: $reason', ({ error, reason }) => {
  expect(awsReason(error)).toBe(reason);
});

it('a thing is missing by the name of the error, or by a bare 404', () => {
  expect(isMissing(named('NoSuchKey', ''), 'NoSuchKey')).toBe(true);
  expect(isMissing(named('NotFound', '', { $metadata: { httpStatusCode: 404 } }))).toBe(true);
  expect(isMissing(named('AccessDenied', '', { $metadata: { httpStatusCode: 403 } }), 'NoSuchKey')).toBe(
    false,
  );
});
