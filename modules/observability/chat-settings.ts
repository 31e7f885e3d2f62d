import { z } from 'zod';

/** Patterns: https://docs.aws.amazon.com/chatbot/latest/APIReference/API_CreateSlackChannelConfiguration.html */
const slackId = (pattern: RegExp, what: string, where: string) =>
  z.string().regex(pattern, `be the id of a ${what}, such as ${where}`);

const guid = (what: string) =>
  z.guid(`be the id of a ${what}, 32 hexadecimal digits in five groups; it is in the link to the channel`);

export const slackChannel = z.strictObject({
  /** Id of the workspace: a T, capitals and digits. It is authorized once by hand in each account, before the first apply. */
  workspace: slackId(
    /^T[0-9A-Z]{2,254}$/,
    'workspace',
    'T0123ABCD; it is in the address of Slack in a browser',
  ),
  /**
   * Id of the channel: a C, or a G, capitals and digits. AWS tells a channel the alarms of one environment of an account. In
   * a private one somebody writes `/invite` and the name of Amazon Q first.
   */
  channel: slackId(
    /^[CG][0-9A-Z]{2,254}$/,
    'channel',
    'C0123ABCD; it is at the end of what Slack shows about the channel',
  ),
});

export const teamsChannel = z.strictObject({
  /** Id of the tenant of Microsoft Entra. It lets Amazon Q Developer in once, by hand in each account. */
  tenant: guid('tenant'),
  /** Id of the team: `groupId` in a link to the channel. */
  team: guid('team'),
  /** Id of the channel as it stands in a link to it, `19%3a…%40thread.tacv2`. One of an environment of an account, as in Slack. */
  channel: z
    .string()
    .regex(
      /^[\w=+/.,-]*%3[aA][\w=+/.,-]*%40[\w=+/.,-]*$/,
      'be the id of a channel, such as 19%3aabc%40thread.tacv2; take it as it stands in the link to the channel',
    ),
});

export type SlackChannel = z.output<typeof slackChannel>;
export type TeamsChannel = z.output<typeof teamsChannel>;
