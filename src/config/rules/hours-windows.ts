import {
  backupWindowIn,
  daysText,
  haveRoom,
  holdDaily,
  holdWeekly,
  maintenanceWindowIn,
  timesText,
  type RunningTimes,
} from '../../../modules/hours/database-windows';
import { dailyWindow, weeklyWindow } from '../../../modules/settings/windows';
import type { Draft } from '../check';
import { databaseTimes, stoppedDatabases } from '../hours-windows';
import { valueAt, type Json } from '../merge';

/**
 * A window in which a database is stopped never comes: it has no snapshot, and changes that wait for maintenance wait for ever.
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.BackupRetention.html
 */
export function checkHoursWindows(draft: Draft): void {
  const { merged, production, report } = draft;
  const times = production ? undefined : databaseTimes(merged);
  const databases = times ? stoppedDatabases(merged) : [];
  const [first] = databases;
  if (!times || !first) return;
  if (!haveRoom(times)) {
    report({
      path: ['hours', 'until'],
      rule: 'leave an hour that is the same in UTC all the year: half for backupWindow, half for maintenanceWindow',
      value: valueAt(merged, ['hours', 'until']),
      remedy: `choose a later time, or let databases.${first[0]} say alwaysOn: true`,
    });
    return;
  }
  for (const [name, settings] of databases) checkWindows(name, settings, times, draft);
}

function checkWindows(
  name: string,
  { backupWindow, maintenanceWindow }: Json,
  times: RunningTimes,
  { report }: Draft,
): void {
  const at = (setting: string) => ['databases', name, setting];
  const suggested = backupWindowIn(times, undefined) ?? '';
  const kept = isDaily(backupWindow) && holdDaily(times, backupWindow) ? backupWindow : undefined;
  if (isDaily(backupWindow) && kept === undefined)
    report({
      path: at('backupWindow'),
      rule: `lie within hours, ${timesText(times)} in summer as in winter: a stopped database makes no snapshot`,
      value: backupWindow,
      remedy: `take it out, or write one like ${suggested}`,
    });
  if (isWeekly(maintenanceWindow) && !holdWeekly(times, maintenanceWindow))
    report({
      path: at('maintenanceWindow'),
      rule: `lie within hours, ${timesText(times)} of ${daysText(times)} in summer as in winter: a stopped database is not patched`,
      value: maintenanceWindow,
      remedy: `take it out, or write one like ${maintenanceWindowIn(times, kept ?? suggested)}`,
    });
  // unset still, since the other one lies in the middle of little time
  const alone = (set: string, value: string, unset: string) =>
    void report({
      path: at(set),
      rule: `leave half an hour of hours, ${timesText(times)}, to ${unset}`,
      value,
      remedy: 'move it to one end of them',
    });
  if (isWeekly(maintenanceWindow) && backupWindow === undefined)
    alone('maintenanceWindow', maintenanceWindow, 'backupWindow');
  if (kept !== undefined && maintenanceWindow === undefined) alone('backupWindow', kept, 'maintenanceWindow');
}

const isDaily = (text: unknown): text is string => dailyWindow(30).safeParse(text).success;
const isWeekly = (text: unknown): text is string => weeklyWindow(30).safeParse(text).success;
