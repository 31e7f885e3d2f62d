import { stateLocation, type StateStore } from '../terraform/state/state-store';
import { unlessUnanswered, warning, type Finding } from './finding';
import { argument, resourcesOf, type HeldStack } from './held-stack';

const CHATS = [
  ['aws_chatbot_slack_channel_configuration', 'workspace', 'slack_team_id', 'Slack'],
  ['aws_chatbot_teams_channel_configuration', 'team', 'team_id', 'Microsoft Teams'],
] as const;

/**
 * Whoever administers a workspace lets an account in once, by hand, and AWS makes no channel before. What the account holds
 * already is said by a service that no command here speaks to, so the line stays until the channel stands.
 */
export function chatFindings(stacks: readonly HeldStack[], states: StateStore): Promise<readonly Finding[]> {
  return unlessUnanswered(async () => {
    const found: Finding[] = [];
    for (const stack of stacks) {
      const chats = CHATS.flatMap(([type, ...chat]) =>
        resourcesOf(stack, type).map(([name, body]) => ({ address: `${type}.${name}`, body, chat })),
      );
      if (chats.length === 0) continue;
      const standing = (await states.read(stateLocation(stack.place)))?.managed ?? new Set<string>();
      for (const { address, body, chat } of chats) {
        const [kind, id, client] = chat;
        if (!standing.has(address))
          found.push(
            warning(
              `${kind} ${argument(body, id)} of ${client} must have let account ${stack.place.account} in, which is told once by hand, before ${stack.id} is applied; if it has not: Amazon Q Developer in chat applications in the console, Configure new client, ${client}`,
            ),
          );
      }
    }
    return found;
  });
}
