import { serviceRules, serviceSettings } from '../../../modules/compute/service-settings';
import { cronOf, taskSchedule, touch, touchesItself } from '../../../modules/compute/task-schedule';
import { minimal } from './service-under-test';

const window = (from: string, until: string, days?: string[]) =>
  taskSchedule(100).parse({ windows: { it: { from, until, min: 1, days } } }).windows['it']!;

describe('hours of the week', () => {
  test.each([
    ['every day', window('07:05', '20:00'), '5 7 ? * *', '0 20 ? * *'],
    ['over midnight', window('22:00', '06:00', ['SAT', 'SUN']), '0 22 ? * SAT,SUN', '0 6 ? * MON,SUN'],
    ['a whole day', window('00:00', '00:00', ['MON']), '0 0 ? * MON', '0 0 ? * TUE'],
  ])('become cron: %s', (_name, hours, begin, end) => {
    expect(cronOf(hours)).toEqual({ begin: `cron(${begin} *)`, end: `cron(${end} *)` });
  });

  test.each([
    ['apart', window('08:00', '12:00'), window('12:01', '14:00'), false],
    ['end to begin', window('08:00', '12:00'), window('12:00', '14:00'), true],
    ['begin to end', window('12:00', '14:00'), window('08:00', '12:00'), true],
    ['one within the other', window('08:00', '20:00'), window('12:00', '13:00'), true],
    ['on other days', window('08:00', '20:00', ['MON']), window('08:00', '20:00', ['TUE']), false],
    ['into the next day', window('22:00', '08:00', ['MON']), window('08:00', '09:00', ['TUE']), true],
    ['from Sunday into Monday', window('00:00', '05:00', ['MON']), window('23:00', '00:00', ['SUN']), true],
  ])('%s', (_name, one, other, expected) => {
    expect(touch(one, other)).toBe(expected);
    expect(touch(other, one)).toBe(expected);
  });

  test('reach themselves if they last a day and go on the next one', () => {
    expect(touchesItself(window('07:00', '07:00', ['MON', 'TUE']))).toBe(true);
    expect(touchesItself(window('07:00', '07:00', ['SUN', 'MON']))).toBe(true);
    expect(touchesItself(window('07:00', '07:00', ['MON', 'WED']))).toBe(false);
    expect(touchesItself(window('07:00', '06:59', ['MON', 'TUE']))).toBe(false);
  });

  test.each([
    ['Berlin', 'be a zone of the IANA database; write it like America/New_York'],
    ['america/new_york', 'be a zone of the IANA database in its own letters; write it like America/New_York'],
    ['asia/kolkata', 'be a zone of the IANA database; write it like America/New_York'],
    ['+01:00', 'be a zone of the IANA database; write it like America/New_York'],
  ])('are in no zone called %s', (timeZone, message) => {
    expect(taskSchedule(9).safeParse({ timeZone, windows: {} }).error?.issues[0]?.message).toBe(message);
  });

  test.each(['UTC', 'Etc/GMT+1', 'Asia/Kolkata', 'America/Port_of_Spain', 'US/Eastern'])(
    'may be in %s',
    (timeZone) => {
      expect(taskSchedule(9).safeParse({ timeZone, windows: {} }).success).toBe(true);
    },
  );

  test.each(['7:00', '24:00', '12:60'])('do not begin at %s', (from) => {
    const { error } = taskSchedule(9).safeParse({ windows: { it: { from, until: '23:00', min: 1 } } });
    expect(error?.issues[0]?.message).toBe('be a time of day; write it like 07:30');
  });
});

describe('what fights in the scaling of a service', () => {
  const context = { production: false, regions: [], domain: undefined };
  const problems = (tasks: object) =>
    serviceRules
      .problems(
        'inventory',
        serviceSettings.parse({ ...minimal, tasks: { min: 2, max: 6, ...tasks } }),
        context,
      )
      .map(({ path, rule, remedy }) => `${path.join('.')} must ${rule}; ${remedy}`);
  const hours = { from: '08:00', until: '20:00', min: 3 };

  test.each<[string, object, string[]]>([
    [
      'nothing',
      { schedule: { windows: { day: hours, night: { ...hours, from: '21:00', until: '07:00' } } } },
      [],
    ],
    [
      'requests that nothing counts',
      { scaleOn: { requestsPerMinute: 100 } },
      [
        'tasks.scaleOn.requestsPerMinute must be for a public service, since its load balancer counts the requests; take it out, or set public',
      ],
    ],
    [
      'fewer tasks than ever',
      { schedule: { windows: { day: { ...hours, min: 1 } } } },
      [
        'tasks.schedule.windows.day.min must be at least tasks.min, 2; raise it, or lower tasks.min: it holds outside of the windows',
      ],
    ],
    [
      'more tasks than the most',
      { schedule: { windows: { day: { ...hours, min: 7 } } } },
      ['tasks.schedule.windows.day.min must be at most max, 6; lower it, or set max of the window'],
    ],
    [
      'hours at the same time',
      { schedule: { windows: { day: hours, noon: { ...hours, from: '12:00', until: '13:00' } } } },
      [
        'tasks.schedule.windows.noon must leave at least a minute to the window day; change the hours of one, or make one of both',
      ],
    ],
    [
      'hours without end',
      { schedule: { windows: { day: { ...hours, until: '08:00' } } } },
      [
        'tasks.schedule.windows.day.until must be before it begins again on the next day; leave a minute between, or change tasks.min for good',
      ],
    ],
  ])('%s', (_name, tasks, expected) => {
    expect(problems(tasks)).toEqual(expected);
  });

  test('stays in the primary where the standby has numbers of its own', () => {
    const { standby } = serviceSettings.parse({ ...minimal, standby: { tasks: { min: 0, max: 2 } } });
    expect(standby?.tasks).toEqual({ min: 0, max: 2, schedule: null, predictive: 'off' });
  });
});
