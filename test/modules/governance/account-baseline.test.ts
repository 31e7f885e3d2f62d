import { AccountBaseline } from '../../../modules/governance/account-baseline';
import { ACCOUNT, synth } from '../../support/harness';

describe('the baseline of an account', () => {
  test('closes every bucket to the public, whoever makes it', () => {
    const out = synth((stack) => void new AccountBaseline(stack, 'Account', { account: ACCOUNT }));
    expect(out.addresses).toEqual(['aws_s3_account_public_access_block.account']);
    expect(out.at('aws_s3_account_public_access_block.account')).toMatchObject({
      account_id: ACCOUNT,
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    });
  });
});
