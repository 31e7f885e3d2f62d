import { DataResource } from 'cdktf';
import { Construct } from 'constructs';
import { ChatbotSlackChannelConfiguration } from '@cdktf/provider-aws/lib/chatbot-slack-channel-configuration';
import { ChatbotTeamsChannelConfiguration } from '@cdktf/provider-aws/lib/chatbot-teams-channel-configuration';
import { ServiceRole } from '../access/service-role';
import type { SlackChannel, TeamsChannel } from './chat-settings';

export interface AlertChatsProps {
  readonly environment: string;
  /** Twelve digits. */
  readonly account: string;
  /** Regions whose alarms are told. Their topics have to stand: Amazon Q Developer subscribes to them by itself. */
  readonly regions: readonly string[];
  readonly slack?: SlackChannel | undefined;
  readonly teams?: TeamsChannel | undefined;
  /** ARN of the policy that limits the role. @default none */
  readonly permissionsBoundary?: string | undefined;
}

/** The topic of an environment's alarms in a region. */
export const alertTopicName = (environment: string) => `${environment}-alerts`;

/**
 * Whatever role somebody in the channel brings along: nothing may be done from there. Without a guardrail AWS takes
 * AdministratorAccess as one.
 * https://docs.aws.amazon.com/chatbot/latest/adminguide/understanding-permissions.html
 */
const GUARDRAIL = 'arn:aws:iam::aws:policy/AWSDenyAll';

/**
 * Tells the alarms of an environment to chat channels, by Amazon Q Developer in chat applications, which was AWS Chatbot.
 * It knows no regions, and a channel one configuration in each account, so that one of them hears of all regions. The
 * topics' keys need not name it: SNS decrypts what it delivers.
 */
export class AlertChats extends Construct {
  constructor(scope: Construct, id: string, props: AlertChatsProps) {
    super(scope, id);
    const { environment, account, regions, slack, teams } = props;
    // it has to have a role, which is given nothing: alarms are told without, but for the graph of the metric
    const role = new ServiceRole(this, 'Role', {
      name: `${environment}-alert-chats`,
      description: `Of the chat channels that hear of alarms of ${environment}; it may do nothing`,
      service: 'chatbot.amazonaws.com',
      permissionsBoundary: props.permissionsBoundary,
    });
    const told = {
      iamRoleArn: role.arn,
      guardrailPolicyArns: [GUARDRAIL],
      userAuthorizationRequired: true,
      loggingLevel: 'ERROR',
      snsTopicArns: regions.map(
        (region) => `arn:aws:sns:${region}:${account}:${alertTopicName(environment)}`,
      ),
    };
    if (slack)
      new ChatbotSlackChannelConfiguration(this, 'Slack', {
        configurationName: `${environment}-alerts`,
        slackTeamId: slack.workspace,
        slackChannelId: slack.channel,
        ...told,
        lifecycle: { replaceTriggeredBy: [this.fixed('SlackPlace', { workspace: slack.workspace })] },
      });
    if (teams)
      new ChatbotTeamsChannelConfiguration(this, 'Teams', {
        configurationName: `${environment}-alerts`,
        tenantId: teams.tenant,
        teamId: teams.team,
        channelId: teams.channel,
        ...told,
        lifecycle: {
          replaceTriggeredBy: [this.fixed('TeamsPlace', { tenant: teams.tenant, team: teams.team })],
        },
      });
  }

  /**
   * What AWS takes when a configuration is made, and in no change of one. The provider would change it all the same, and AWS
   * leave it as it is: https://docs.aws.amazon.com/chatbot/latest/APIReference/API_UpdateSlackChannelConfiguration.html
   */
  private fixed(id: string, place: Readonly<Record<string, string>>): string {
    const { terraformResourceType, friendlyUniqueId } = new DataResource(this, id, {
      triggersReplace: place,
    });
    // a bare address: Terraform takes no expression here
    return `${terraformResourceType}.${friendlyUniqueId}`;
  }
}
