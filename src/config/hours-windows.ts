import {
  backupWindowIn,
  haveRoom,
  maintenanceWindowIn,
  runningTimes,
  type RunningTimes,
} from '../../modules/hours/database-windows';
import { hoursSettings } from '../../modules/hours/hours-settings';
import { dailyWindow, weeklyWindow } from '../../modules/settings/windows';
import { isMap, valueAt, type Json } from './merge';

/** When databases run that are stopped outside of hours; nothing without hours, and where they are refused. */
export function databaseTimes(merged: Json): RunningTimes | undefined {
  const hours = hoursSettings.safeParse(merged['hours']).data;
  return hours && runningTimes(hours);
}

/** Databases that hours stop. */
export const stoppedDatabases = (merged: Json): [string, Json][] =>
  Object.entries(isMap(merged['databases']) ? merged['databases'] : {}).filter(
    (entry): entry is [string, Json] => isMap(entry[1]) && valueAt(entry[1], ['alwaysOn']) !== true,
  );

/**
 * The settings with windows of the databases that hours stop, where nothing says them: what the schema has for all others
 * lies at night, when they are stopped.
 */
export function withWindows(merged: Json): Json {
  const times = databaseTimes(merged);
  if (!times || !haveRoom(times)) return merged;
  const databases = stoppedDatabases(merged).map(([name, settings]) => [
    name,
    { ...settings, ...windows(settings) },
  ]);
  if (databases.length === 0) return merged;
  return { ...merged, databases: { ...(merged['databases'] as Json), ...Object.fromEntries(databases) } };

  function windows({ backupWindow, maintenanceWindow }: Json): Json {
    if (!times) return {};
    if (backupWindow === undefined) {
      if (maintenanceWindow !== undefined && !weeklyWindow(1).safeParse(maintenanceWindow).success) return {};
      const backup = backupWindowIn(times, maintenanceWindow as string | undefined);
      return {
        ...(backup && { backupWindow: backup }),
        ...(backup &&
          maintenanceWindow === undefined && { maintenanceWindow: maintenanceWindowIn(times, backup) }),
      };
    }
    if (maintenanceWindow !== undefined || !dailyWindow(1).safeParse(backupWindow).success) return {};
    const maintenance = maintenanceWindowIn(times, backupWindow as string);
    return maintenance === undefined ? {} : { maintenanceWindow: maintenance };
  }
}
