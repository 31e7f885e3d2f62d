import { cronAt, minutesOf } from '../settings/week';
import { lasts, type Hours } from './hours-settings';

/** Minutes from the call until RDS has a database running, at most in what one sees; services need it at once. */
const DATABASES_BEFORE = 30;
/** Tasks have two minutes at most to end, and what they hold a while to come back. */
const DATABASES_AFTER = 15;

/** When things start and stop, as cron in the time zone of the hours. */
export function timesOf(hours: Hours) {
  const begin = minutesOf(hours.from);
  const end = begin + lasts(hours);
  const at = (minutes: number) => cronAt(hours.days, minutes);
  return {
    services: { start: at(begin), stop: at(end) },
    databases: { start: at(begin - DATABASES_BEFORE), stop: at(end + DATABASES_AFTER) },
  };
}
