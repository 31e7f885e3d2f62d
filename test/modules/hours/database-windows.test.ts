import {
  backupWindowIn,
  daysText,
  haveRoom,
  holdDaily,
  holdWeekly,
  maintenanceWindowIn,
  runningTimes,
  timesText,
} from '../../../modules/hours/database-windows';
import { hoursSettings } from '../../../modules/hours/hours-settings';

const timesOf = (hours: object) => runningTimes(hoursSettings.parse(hours));
const newYork = (from: string, until: string, days?: string[]) =>
  timesOf({ timeZone: 'America/New_York', from, until, ...(days && { days }) });

describe('the time that hours have in common in summer and in winter', () => {
  test.each([
    ['America/New_York', '07:00', '21:00', '12:00-01:00 UTC'],
    ['Europe/Berlin', '08:00', '20:00', '07:00-18:00 UTC'],
    // summer there is winter here
    ['Australia/Sydney', '08:00', '18:00', '22:00-07:00 UTC'],
    ['Asia/Kolkata', '09:00', '19:00', '03:30-13:30 UTC'],
    ['UTC', '22:00', '06:00', '22:00-06:00 UTC'],
    // an hour back in Ramadan
    ['Africa/Casablanca', '08:00', '18:00', '08:00-17:00 UTC'],
  ])('%s from %s until %s is %s', (timeZone, from, until, text) => {
    expect(timesText(timesOf({ timeZone, from, until }))).toBe(text);
  });

  test('lies on days in UTC, which may be those before', () => {
    expect(daysText(newYork('07:00', '21:00'))).toBe('mon, tue, wed, thu, fri');
    expect(
      daysText(timesOf({ timeZone: 'Australia/Sydney', from: '08:00', until: '18:00', days: ['MON'] })),
    ).toBe('sun');
  });

  test('has room for two windows from an hour on', () => {
    expect(haveRoom(newYork('09:00', '11:00'))).toBe(true);
    expect(haveRoom(newYork('09:00', '10:59'))).toBe(false);
    expect(timesText(newYork('09:00', '10:00'))).toBeUndefined();
  });
});

describe('windows within hours', () => {
  const times = newYork('07:00', '21:00');

  test.each(['12:00-13:00', '00:00-01:00', '23:30-00:30', '12:00-01:00'])('backups may be at %s', (text) => {
    expect(holdDaily(times, text)).toBe(true);
  });

  test.each(['11:59-13:00', '00:30-01:01', '06:00-07:00', '20:00-13:00'])('and not at %s', (text) => {
    expect(holdDaily(times, text)).toBe(false);
  });

  test.each(['mon:12:00-mon:13:00', 'fri:23:30-sat:00:30', 'sat:00:00-sat:01:00'])(
    'maintenance may be at %s',
    (text) => {
      expect(holdWeekly(times, text)).toBe(true);
    },
  );

  test.each(['mon:00:00-mon:01:00', 'sat:12:00-sat:13:00', 'sun:23:30-mon:00:30', 'fri:12:00-sat:12:00'])(
    'and not at %s',
    (text) => {
      expect(holdWeekly(times, text)).toBe(false);
    },
  );

  test('over the end of the week are on it', () => {
    const sunday = newYork('07:00', '21:00', ['SUN']);
    expect(holdWeekly(sunday, 'mon:00:00-mon:01:00')).toBe(true);
    expect(holdWeekly(sunday, 'sun:23:30-mon:00:30')).toBe(true);
    expect(holdWeekly(sunday, 'mon:00:30-mon:01:30')).toBe(false);
  });
});

describe('windows that nobody wrote', () => {
  test.each<[string, string, string[] | undefined, string, string]>([
    ['07:00', '21:00', undefined, '12:00-13:00', 'tue:13:00-tue:14:00'],
    ['07:00', '21:00', ['SUN'], '12:00-13:00', 'sun:13:00-sun:14:00'],
    ['20:00', '06:00', ['FRI', 'SAT'], '01:00-02:00', 'sun:02:00-sun:03:00'],
    ['09:00', '12:00', undefined, '14:00-15:00', 'tue:15:00-tue:16:00'],
    // half an hour each, where there is no more
    ['09:00', '11:00', undefined, '14:00-14:30', 'tue:14:30-tue:15:00'],
    ['09:15', '11:30', undefined, '14:15-14:45', 'tue:14:45-tue:15:15'],
  ])('lie one after the other within %s to %s in New York', (from, until, days, backup, maintenance) => {
    const times = newYork(from, until, days);
    expect(backupWindowIn(times, undefined)).toBe(backup);
    expect(maintenanceWindowIn(times, backup)).toBe(maintenance);
    expect([holdDaily(times, backup), holdWeekly(times, maintenance)]).toEqual([true, true]);
  });

  test('keep away from what somebody wrote', () => {
    const times = newYork('07:00', '21:00');
    expect(maintenanceWindowIn(times, '12:00-14:15')).toBe('tue:14:30-tue:15:30');
    expect(backupWindowIn(times, 'wed:12:30-wed:13:30')).toBe('13:30-14:30');
  });

  test('are not there beside one that leaves no room', () => {
    const times = newYork('09:00', '11:00');
    expect(maintenanceWindowIn(times, '14:15-14:45')).toBeUndefined();
    expect(backupWindowIn(times, 'wed:14:15-wed:14:45')).toBeUndefined();
  });
});
