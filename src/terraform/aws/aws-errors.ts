import { RunError } from '../../errors';

/** A profile that is not there, or says nothing, is passed over by the client without a word. */
function noCredentials(): string {
  const profile = process.env['AWS_PROFILE'];
  return profile
    ? `AWS credentials must be there, got none from AWS_PROFILE "${profile}"; correct it, or log in (aws configure list-profiles says which there are)`
    : 'AWS credentials must be there, got none; set AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY';
}

const EXPIRED_CREDENTIALS =
  'AWS credentials must be current, got expired ones; log in again (aws sso login, or however you got them)';

const EXPIRED = new Set(['ExpiredToken', 'ExpiredTokenException', 'RequestExpired', 'TokenRefreshRequired']);
const NOT_ACCEPTED = new Set([
  'AuthFailure',
  'IncompleteSignature',
  'InvalidClientTokenId',
  'SignatureDoesNotMatch',
  'UnrecognizedClientException',
]);

/** What is wrong with the credentials, if that is what an AWS client fails with. */
export function credentialsError(error: unknown): RunError | undefined {
  const { name, message } = described(error);
  if (EXPIRED.has(name) || (isProvider(name) && /expired/i.test(message))) {
    return new RunError(EXPIRED_CREDENTIALS);
  }
  if (isProvider(name)) {
    const detail = /^Could not load credentials/.test(message) ? noCredentials() : undefined;
    return new RunError(
      detail ?? `AWS credentials must be there, got "${message}"; correct the profile, or set AWS_PROFILE`,
    );
  }
  if (NOT_ACCEPTED.has(name)) {
    return new RunError(
      `AWS credentials must be accepted by AWS, got ${name}; check the keys, and the clock of this machine`,
    );
  }
  return undefined;
}

const isProvider = (name: string) => name === 'CredentialsProviderError' || name === 'TokenProviderError';

/** Name and message on one line; AWS's messages hold no values of parameters. */
export function awsReason(error: unknown): string {
  const { name, message } = described(error);
  const text = message && message !== 'UnknownError' && message !== name ? `${name}: ${message}` : name;
  return text.replaceAll(/\s+/g, ' ').trim();
}

/** Whether an AWS client says that something is not there. */
export function isMissing(error: unknown, ...names: readonly string[]): boolean {
  const { name, status } = described(error);
  return names.includes(name) || (status === 404 && name === 'NotFound');
}

export const errorName = (error: unknown) => described(error).name;

function described(error: unknown): { name: string; message: string; status: number | undefined } {
  if (!(error instanceof Error)) return { name: 'Error', message: String(error), status: undefined };
  const { code, $metadata } = error as Error & { code?: unknown; $metadata?: { httpStatusCode?: number } };
  // what Node says of the network has its reason in the code
  const name = typeof code === 'string' && error.name === 'Error' ? code : error.name;
  return { name, message: error.message, status: $metadata?.httpStatusCode };
}
