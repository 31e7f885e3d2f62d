import type { Problem, RuleContext, UsableRules } from '../settings/capability-rules';
import { standbyProblems } from '../settings/standby-problems';
import { queueNames, queueVariable } from './queue-names';
import type { QueueSettings } from './queue-settings';

/** What the schema of a single value cannot say. */
export const queueRules: UsableRules<QueueSettings> = {
  problems(_name, settings, context) {
    return [
      ...alarmProblems(settings),
      ...productionProblems(settings, context),
      ...standbyProblems(settings, context),
    ];
  },
  names(name, { fifo }, naming) {
    const names = queueNames(naming, name, fifo);
    return [
      { kind: 'queue', name: names.queue },
      { kind: 'queue', name: names.deadLetters },
    ];
  },
  variables(name) {
    return [queueVariable(name)];
  },
};

/** An alarm that always rings, or never can. */
function alarmProblems({ oldestMessageMinutes, delaySeconds, retentionDays }: QueueSettings): Problem[] {
  const path = ['oldestMessageMinutes'];
  const most = retentionDays * 24 * 60;
  if (oldestMessageMinutes >= most) {
    return [
      {
        path,
        rule: `be below ${most}, the minutes of retentionDays: no message gets that old`,
        remedy: 'lower it, or raise retentionDays',
      },
    ];
  }
  if (oldestMessageMinutes * 60 > delaySeconds) return [];
  return [
    {
      path,
      rule: `be above delaySeconds, ${delaySeconds} seconds, that each message waits at least`,
      remedy: 'raise it, or lower delaySeconds',
    },
  ];
}

function productionProblems(
  { maxReceiveCount, retentionDays }: QueueSettings,
  { production }: RuleContext,
): Problem[] {
  if (!production) return [];
  const problems: Problem[] = [];
  if (maxReceiveCount < 2) {
    problems.push({
      path: ['maxReceiveCount'],
      rule: 'be at least 2 in production',
      remedy: 'raise it: a task that is lost would make dead letters of what it had received',
    });
  }
  if (retentionDays < 4) {
    problems.push({
      path: ['retentionDays'],
      rule: 'be at least 4 in production',
      remedy: 'raise it, so that what comes in on a weekend is there on Monday',
    });
  }
  return problems;
}
