import { networkSettings } from '../../../modules/network/network-settings';
import type { Draft } from '../check';
import { isProductionName } from '../estate';
import { isMap, valueAt } from '../merge';
import { environmentSchema } from '../schema';

/**
 * Days that production keeps its logs at least: what must be at hand to look into an incident.
 * CIS Control 8.10 asks for 90 days, PCI DSS 10.5.1 for three months "immediately available" of the twelve
 * that it wants kept. https://www.cisecurity.org/controls/audit-log-management
 */
const LEAST_LOG_DAYS = 90;

/** What production refuses of the environment as a whole; capabilities bring their own refusals. */
export function checkProduction(draft: Draft): void {
  checkName(draft);
  if (!draft.production) return;
  checkProtection(draft);
  checkLogs(draft);
  checkAlerts(draft);
}

function checkName({ name, merged, report, warn }: Draft): void {
  const said = merged['production'];
  if (isProductionName(name) && said === false) {
    report({
      path: ['production'],
      rule: `be true in an environment named ${name}`,
      value: false,
      remedy: 'take it out, or rename the environment',
    });
  }
  if (soundsLikeProduction(name) && said === undefined) {
    warn({
      path: ['production'],
      rule: `be said in an environment named ${name}`,
      value: undefined,
      remedy: 'set it to true or false',
    });
  }
}

/** `prd`, `prod2`, `euprod`, and neither `preprod` nor `nonprod`: one may think that the name alone says it. */
const soundsLikeProduction = (name: string) =>
  !isProductionName(name) && /^(prd|prod|live)|(?<!pre|non|no|not)(prd|prod)$/i.test(name);

function checkProtection({ merged, report }: Draft): void {
  if (merged['protection'] !== false) return;
  report({
    path: ['protection'],
    rule: 'be true in production',
    value: false,
    remedy: 'take it out: databases, caches and buckets must refuse to be deleted',
  });
}

function checkLogs({ merged, report }: Draft): void {
  const checkDays = (path: readonly string[], days: number | undefined) => {
    if (days === undefined || days >= LEAST_LOG_DAYS) return;
    report({
      path,
      rule: `be at least ${LEAST_LOG_DAYS} in production`,
      value: days,
      remedy: 'raise it: an attack is often found only after months',
    });
  };
  const { logRetentionDays } = environmentSchema.shape;
  checkDays(['logRetentionDays'], logRetentionDays.safeParse(merged['logRetentionDays']).data);
  const { flowLogRetentionDays } = networkSettings.shape;
  for (const region of isMap(merged['regions']) ? Object.keys(merged['regions']) : []) {
    const path = ['regions', region, 'network', 'flowLogRetentionDays'];
    checkDays(path, flowLogRetentionDays.safeParse(valueAt(merged, path)).data);
  }
}

function checkAlerts({ merged, report }: Draft): void {
  const alerts = merged['alerts'];
  const emails = valueAt(alerts, ['emails']);
  // a channel that is written wrong is said to be, and is somebody
  if (isMap(alerts) && (isMap(alerts['slack']) || isMap(alerts['teams']))) return;
  if (Array.isArray(emails) ? emails.length > 0 : emails !== undefined) return;
  report({
    path: ['alerts', 'emails'],
    rule: 'name somebody in production',
    value: emails ?? [],
    remedy: 'add a mail address that is read, or alerts.slack or alerts.teams: else nobody hears of an alarm',
  });
}
