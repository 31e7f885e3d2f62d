import type { Draft } from '../check';
import { isMap, valueAt } from '../merge';

const CHATS = ['slack', 'teams'] as const;

/** Amazon Q Developer knows a channel once in an account; the second environment would fail as it is applied. */
export function checkChats(drafts: readonly Draft[]): void {
  const owners = new Map<string, string>();
  for (const { name, merged, report } of drafts)
    for (const kind of CHATS) {
      const chat = valueAt(merged, ['alerts', kind]);
      if (!isMap(chat) || typeof chat['channel'] !== 'string') continue;
      const { channel } = chat;
      const key = [merged['account'], kind, chat['workspace'] ?? chat['team'], channel].map(String).join(' ');
      const owner = owners.get(key);
      if (owner !== undefined)
        report({
          path: ['alerts', kind, 'channel'],
          rule: `not be the channel of ${owner} too, which is in the same account`,
          value: channel,
          remedy: `make a channel for ${name}, or let one of them write mail`,
        });
      owners.set(key, owner ?? name);
    }
}
