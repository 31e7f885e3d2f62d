import { AlertChats, type AlertChatsProps } from '../../../modules/observability/alert-chats';
import { slackChannel, teamsChannel } from '../../../modules/observability/chat-settings';
import { ACCOUNT, synth } from '../../support/harness';
import { statementsOf } from '../../support/statements';

const slack = { workspace: 'T0123ABCD', channel: 'C0456EFGH' };
const teams = {
  tenant: '6a0b2d1c-6f0d-4a3e-9b57-1d2c3e4f5a6b',
  team: '0f4e3d2c-1b0a-4988-8776-655443322110',
  channel: '19%3aabcdef%40thread.tacv2',
};
const synthChats = (change: Partial<AlertChatsProps>) =>
  synth(
    (stack) =>
      void new AlertChats(stack, 'Chats', {
        environment: 'test',
        account: ACCOUNT,
        regions: ['us-east-1', 'us-west-2'],
        ...change,
      }),
  );

describe('the chat channels of alarms', () => {
  const told = {
    configuration_name: 'test-alerts',
    iam_role_arn: '${aws_iam_role.chats.arn}',
    sns_topic_arns: [
      `arn:aws:sns:us-east-1:${ACCOUNT}:test-alerts`,
      `arn:aws:sns:us-west-2:${ACCOUNT}:test-alerts`,
    ],
    logging_level: 'ERROR',
  };

  test('hear of all regions, in Slack and in Teams', () => {
    const out = synthChats({ slack, teams });
    expect(out.at('aws_chatbot_slack_channel_configuration.chats')).toMatchObject({
      ...told,
      slack_team_id: 'T0123ABCD',
      slack_channel_id: 'C0456EFGH',
    });
    expect(out.at('aws_chatbot_teams_channel_configuration.chats')).toMatchObject({
      ...told,
      tenant_id: teams.tenant,
      team_id: teams.team,
      channel_id: teams.channel,
    });
  });

  test('are made anew for another workspace, tenant or team, and changed for another channel', () => {
    const out = synthChats({ slack, teams });
    const replacedBy = (kind: string) =>
      out.at(`aws_chatbot_${kind}_channel_configuration.chats`)['lifecycle'];
    expect(replacedBy('slack')).toEqual({ replace_triggered_by: ['terraform_data.chats_slack-place'] });
    expect(replacedBy('teams')).toEqual({ replace_triggered_by: ['terraform_data.chats_teams-place'] });
    expect(out.at('terraform_data.chats_slack-place')['triggers_replace']).toEqual({
      workspace: 'T0123ABCD',
    });
    expect(out.at('terraform_data.chats_teams-place')['triggers_replace']).toEqual({
      tenant: teams.tenant,
      team: teams.team,
    });
  });

  test('are one without the other', () => {
    expect(synthChats({ slack }).addresses).toEqual([
      'aws_chatbot_slack_channel_configuration.chats',
      'aws_iam_role.chats',
      'terraform_data.chats_slack-place',
    ]);
    expect(synthChats({ teams }).addresses).toContain('aws_chatbot_teams_channel_configuration.chats');
  });

  test('let nobody do anything: the role has no policy, and the guardrail denies all', () => {
    const out = synthChats({ slack, teams, permissionsBoundary: 'arn:aws:iam::1:policy/limit' });
    for (const address of [
      'aws_chatbot_slack_channel_configuration.chats',
      'aws_chatbot_teams_channel_configuration.chats',
    ])
      expect(out.at(address)).toMatchObject({
        guardrail_policy_arns: ['arn:aws:iam::aws:policy/AWSDenyAll'],
        user_authorization_required: true,
      });
    const role = out.at('aws_iam_role.chats');
    expect(role).toMatchObject({ permissions_boundary: 'arn:aws:iam::1:policy/limit' });
    expect(statementsOf(role['assume_role_policy'])).toEqual([
      { Effect: 'Allow', Principal: { Service: 'chatbot.amazonaws.com' }, Action: 'sts:AssumeRole' },
    ]);
    expect(out.addresses.filter((address) => address.includes('policy'))).toEqual([]);
  });
});

describe('the ids of a channel', () => {
  test.each([
    { ...slack, workspace: 'our-company' },
    { ...slack, workspace: 'C0123ABCD' },
    { ...slack, channel: '#alerts' },
    { ...slack, channel: 'c0456efgh' },
  ])('are none of Slack: %j', (channel) => {
    expect(slackChannel.safeParse(channel).success).toBe(false);
  });

  test.each([
    { ...teams, tenant: 'example.com' },
    { ...teams, team: 'Platform' },
    { ...teams, channel: '19:abcdef@thread.tacv2' },
  ])('are none of Teams: %j', (channel) => {
    expect(teamsChannel.safeParse(channel).success).toBe(false);
  });

  test('are those', () => {
    expect(slackChannel.parse({ ...slack, channel: 'G0456EFGH' })).toBeTruthy();
    expect(teamsChannel.parse(teams)).toEqual(teams);
  });
});
