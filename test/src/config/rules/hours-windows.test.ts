import { environments, shared } from '../../../fixtures/car-retail';
import { changed, estateOf, problemsOf } from '../../../support/estate';

const file = (change: object) => ({ shared, environments: { dev: changed(environments.dev, change) } });
const problems = (change: object) => problemsOf(file(change));
const orders = (change: object) => {
  const [dev] = estateOf(file({ databases: { orders: change } })).environments;
  const { backupWindow, maintenanceWindow } = dev!.settings.databases['orders']!;
  return [backupWindow, maintenanceWindow];
};
const at = 'environments/dev.ts:';

describe('windows of a database that hours stop', () => {
  test('lie within them by themselves, and beside the one that is set', () => {
    expect(orders({})).toEqual(['12:00-13:00', 'tue:13:00-tue:14:00']);
    expect(orders({ backupWindow: '20:00-21:00' })).toEqual(['20:00-21:00', 'tue:12:00-tue:13:00']);
    expect(orders({ maintenanceWindow: 'mon:12:00-mon:14:00' })).toEqual([
      '14:00-15:00',
      'mon:12:00-mon:14:00',
    ]);
    expect(orders({ backupWindow: '12:00-13:00', maintenanceWindow: 'fri:13:00-fri:14:00' })).toEqual([
      '12:00-13:00',
      'fri:13:00-fri:14:00',
    ]);
  });

  test('are those of all others where it runs on', () => {
    expect(orders({ alwaysOn: true })).toEqual(['06:00-07:00', 'sun:07:30-sun:08:30']);
    expect(problems({ databases: { orders: { alwaysOn: true, backupWindow: '03:00-04:00' } } })).toEqual([]);
    expect(problems({ hours: null, databases: { orders: { backupWindow: '03:00-04:00' } } })).toEqual([]);
  });

  test.each<[string, object, string]>([
    [
      'backups at night',
      { backupWindow: '06:00-07:00' },
      `${at} databases.orders.backupWindow must lie within hours, 12:00-01:00 UTC in summer as in winter: a stopped database makes no snapshot, got "06:00-07:00"; take it out, or write one like 12:00-13:00`,
    ],
    [
      'backups that are within them in winter alone',
      { backupWindow: '01:00-02:00' },
      `${at} databases.orders.backupWindow must lie within hours, 12:00-01:00 UTC in summer as in winter: a stopped database makes no snapshot, got "01:00-02:00"; take it out, or write one like 12:00-13:00`,
    ],
    [
      'maintenance at a weekend',
      { backupWindow: '12:30-13:00', maintenanceWindow: 'sun:13:00-sun:14:00' },
      `${at} databases.orders.maintenanceWindow must lie within hours, 12:00-01:00 UTC of mon, tue, wed, thu, fri in summer as in winter: a stopped database is not patched, got "sun:13:00-sun:14:00"; take it out, or write one like tue:13:00-tue:14:00`,
    ],
    [
      'one over the other',
      { backupWindow: '12:00-13:00', maintenanceWindow: 'tue:12:30-tue:13:30' },
      `${at} databases.orders.maintenanceWindow must not overlap backupWindow, 12:00-13:00 on every day, got "tue:12:30-tue:13:30"; move one of the two`,
    ],
    [
      'none at all',
      { backupWindow: 'at noon' },
      `${at} databases.orders.backupWindow must be a time of the day in UTC of 30 minutes or more, got "at noon"; write it like 06:00-07:00`,
    ],
  ])('are not %s', (_what, change, line) => {
    expect(problems({ databases: { orders: change } })).toEqual([line]);
  });

  const short = { hours: { from: '09:00', until: '11:00' } };

  test('of little time leave room to each other', () => {
    expect(problems(short)).toEqual([]);
    expect(problems({ ...short, databases: { orders: { backupWindow: '14:15-14:45' } } })).toEqual([
      `${at} databases.orders.backupWindow must leave half an hour of hours, 14:00-15:00 UTC, to maintenanceWindow, got "14:15-14:45"; move it to one end of them`,
    ]);
    expect(
      problems({ ...short, databases: { orders: { maintenanceWindow: 'mon:14:15-mon:14:45' } } }),
    ).toEqual([
      `${at} databases.orders.maintenanceWindow must leave half an hour of hours, 14:00-15:00 UTC, to backupWindow, got "mon:14:15-mon:14:45"; move it to one end of them`,
    ]);
  });

  test('are missed in one line where hours are too short for any', () => {
    const hours = { from: '09:00', until: '10:30' };
    expect(problems({ hours })).toEqual([
      `${at} hours.until must leave an hour that is the same in UTC all the year: half for backupWindow, half for maintenanceWindow, got "10:30"; choose a later time, or let databases.orders say alwaysOn: true`,
    ]);
    expect(
      problems({ hours, databases: { orders: { alwaysOn: true }, catalog: { alwaysOn: true } } }),
    ).toEqual([]);
  });
});
