import { RegionBaseline } from '../../../modules/governance/region-baseline';
import { ACCOUNT, REGION, synth } from '../../support/harness';
import { statementOf } from '../../support/statements';

const synthBaseline = () =>
  synth((stack) => void new RegionBaseline(stack, 'Region', { account: ACCOUNT, region: REGION }));

describe('the baseline of a region', () => {
  test('is exactly this', () => {
    expect(synthBaseline().addresses).toEqual([
      'aws_accessanalyzer_analyzer.region',
      'aws_ebs_default_kms_key.region',
      'aws_ebs_encryption_by_default.region',
      'aws_ebs_snapshot_block_public_access.region',
      'aws_ec2_image_block_public_access.region',
      'aws_ec2_instance_metadata_defaults.region',
      'aws_ec2_serial_console_access.region',
      'aws_ecs_account_setting_default.region_trunking',
      'aws_kms_alias.region_volumes',
      'aws_kms_key.region_volumes',
    ]);
  });

  test('encrypts volumes that say nothing, with a key of ours', () => {
    const out = synthBaseline();
    expect(out.at('aws_ebs_encryption_by_default.region')['enabled']).toBe(true);
    expect(out.at('aws_ebs_default_kms_key.region')['key_arn']).toBe('${aws_kms_key.region_volumes.arn}');
  });

  test('has a key that the account uses through EC2 alone, grants for volumes included, and that is never destroyed', () => {
    const out = synthBaseline();
    const { policy, lifecycle } = out.at('aws_kms_key.region_volumes');
    const ec2 = { 'kms:ViaService': ['ec2.us-east-1.amazonaws.com'] };
    expect(lifecycle).toEqual({ prevent_destroy: true });
    expect(statementOf(policy, 'UseByIamThroughServices')['Condition']).toEqual({ StringEquals: ec2 });
    expect(statementOf(policy, 'GrantsByIamForServices')['Condition']).toEqual({
      StringEquals: ec2,
      Bool: { 'kms:GrantIsForAWSResource': 'true' },
    });
    expect(out.at('aws_kms_alias.region_volumes')['name']).toBe('alias/account-111122223333-volumes');
  });

  test('lets Auto Scaling use that key for the volumes of its instances, before its role exists', () => {
    const { policy } = synthBaseline().at('aws_kms_key.region_volumes');
    const role = {
      'aws:PrincipalArn':
        'arn:aws:iam::111122223333:role/aws-service-role/autoscaling.amazonaws.com/AWSServiceRoleForAutoScaling',
      'kms:CallerAccount': '111122223333',
    };
    expect(statementOf(policy, 'UseByRole1')).toMatchObject({
      Principal: { AWS: '*' },
      Condition: { StringEquals: role },
    });
    expect(statementOf(policy, 'GrantsByRole1')).toMatchObject({
      Action: 'kms:CreateGrant',
      Condition: { StringEquals: role, Bool: { 'kms:GrantIsForAWSResource': 'true' } },
    });
  });

  test('gives tasks on instances more network interfaces', () => {
    expect(synthBaseline().at('aws_ecs_account_setting_default.region_trunking')).toMatchObject({
      name: 'awsvpcTrunking',
      value: 'enabled',
    });
  });

  test('shares no snapshot with the public, those of before included', () => {
    expect(synthBaseline().at('aws_ebs_snapshot_block_public_access.region')['state']).toBe(
      'block-all-sharing',
    );
  });

  test('lets no more images be made public', () => {
    expect(synthBaseline().at('aws_ec2_image_block_public_access.region')['state']).toBe('block-new-sharing');
  });

  test('has no way into instances beside the network', () => {
    expect(synthBaseline().at('aws_ec2_serial_console_access.region')['enabled']).toBe(false);
  });

  test('finds what lets somebody from outside of the account in, by the analyzer that costs nothing', () => {
    expect(synthBaseline().at('aws_accessanalyzer_analyzer.region')).toMatchObject({
      analyzer_name: `account-${ACCOUNT}`,
      type: 'ACCOUNT',
    });
  });

  test('hands out the credentials of an instance by session token only, and not to containers', () => {
    expect(synthBaseline().at('aws_ec2_instance_metadata_defaults.region')).toMatchObject({
      http_tokens: 'required',
      http_put_response_hop_limit: 1,
    });
  });
});
