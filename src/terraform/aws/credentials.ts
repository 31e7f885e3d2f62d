import { RefusedError, RunError } from '../../errors';
import { clientSettings } from './aws-client';
import { awsReason, credentialsError } from './aws-errors';

/** Says whose credentials are in use, or those of a profile, asked in a region that the run needs anyway. */
export type CallerAccount = (region: string, profile?: string) => Promise<string>;

/** The same with the role or user, as an ARN. */
export type CallerIdentity = (
  region: string,
  profile?: string,
) => Promise<{ readonly account: string; readonly arn: string }>;

export const callerAccount: CallerAccount = async (region, profile) =>
  (await callerIdentity(region, profile)).account;

export const callerIdentity: CallerIdentity = async (region, profile) => {
  // loading a client takes long: only commands that talk to AWS pay for it
  const { STSClient, GetCallerIdentityCommand } = await import('@aws-sdk/client-sts');
  const client = new STSClient(clientSettings(region, profile));
  try {
    const { Account, Arn = '' } = await client.send(new GetCallerIdentityCommand({}));
    if (Account !== undefined) return { account: Account, arn: Arn };
    throw new Error('no account');
  } catch (error) {
    throw (
      credentialsError(error) ??
      new RunError(
        `AWS STS in ${region} must say whose credentials these are, got ${awsReason(error)}; check the network`,
      )
    );
  } finally {
    client.destroy();
  }
};

/**
 * Asks once, before anything else runs.
 *
 * @throws RefusedError if the credentials belong to another account than the stacks
 */
export async function checkAccount(
  ask: CallerAccount,
  { scope, account, region }: { readonly scope: string; readonly account: string; readonly region: string },
): Promise<void> {
  const got = await ask(region);
  if (got === account) return;
  throw new RefusedError(
    `AWS credentials must belong to account ${account}, where ${scope} is, got account ${got}; use the credentials of ${scope}`,
  );
}
