import { checkAccount, type CallerIdentity } from '../terraform/aws/credentials';
import { fault, ok, unlessUnanswered, warning, type Finding } from './finding';

/** Whose credentials these are. A fault: nothing else can be asked of AWS with them. */
export function identityFindings(
  ask: CallerIdentity,
  place: { readonly scope: string; readonly account: string; readonly region: string },
): Promise<readonly Finding[]> {
  return unlessUnanswered(async () => {
    const { account, arn } = await ask(place.region);
    await checkAccount(() => Promise.resolve(account), place);
    if (arn.endsWith(':root'))
      return [
        warning(`AWS credentials must not be those of the root user, got ${arn}; use a role of the account`),
      ];
    return [ok(`AWS credentials of account ${account}, ${arn}`)];
  }, fault);
}
