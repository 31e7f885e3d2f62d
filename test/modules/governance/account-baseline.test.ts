import { AccountBaseline } from '../../../modules/governance/account-baseline';
import { ACCOUNT, synth } from '../../support/harness';

const synthBaseline = () =>
  synth((stack) => void new AccountBaseline(stack, 'Account', { account: ACCOUNT }));

describe('the baseline of an account', () => {
  test('is exactly this', () => {
    expect(synthBaseline().addresses).toEqual([
      'aws_iam_account_password_policy.account',
      'aws_s3_account_public_access_block.account',
    ]);
  });

  test('asks more of passwords than AWS does, and lets their owners change them when they end', () => {
    expect(synthBaseline().at('aws_iam_account_password_policy.account')).toMatchObject({
      minimum_password_length: 14,
      require_lowercase_characters: true,
      require_uppercase_characters: true,
      require_numbers: true,
      require_symbols: true,
      password_reuse_prevention: 24,
      max_password_age: 90,
      hard_expiry: false,
      allow_users_to_change_password: true,
    });
  });

  test('closes every bucket to the public, whoever makes it', () => {
    expect(synthBaseline().at('aws_s3_account_public_access_block.account')).toMatchObject({
      account_id: ACCOUNT,
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    });
  });
});
