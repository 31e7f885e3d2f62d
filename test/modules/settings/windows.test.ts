import { dailyWindow, weeklyWindow, windowsOverlap } from '../../../modules/settings/windows';

const refusal = (schema: ReturnType<typeof dailyWindow>, text: string) =>
  schema.safeParse(text).error?.issues.map(({ message }) => message);

describe('a daily window', () => {
  test.each(['06:00-07:00', '00:00-00:30', '23:45-00:15', '00:00-23:59'])('may be %s', (text) => {
    expect(refusal(dailyWindow(30), text)).toBeUndefined();
  });

  test.each([
    '06:00-06:29',
    '23:50-00:10',
    '24:00-24:30',
    '6:00-7:00',
    '06:60-08:00',
    'sun:06:00-sun:07:00',
    '',
  ])('cannot be %j', (text) => {
    expect(refusal(dailyWindow(30), text)).toEqual([
      'be a time of the day in UTC of 30 minutes or more; write it like 06:00-07:00',
    ]);
  });
});

describe('a weekly window', () => {
  test.each(['sun:07:30-sun:08:30', 'sun:23:30-mon:00:30', 'mon:00:00-mon:23:59'])('may be %s', (text) => {
    expect(refusal(weeklyWindow(60), text)).toBeUndefined();
  });

  test.each([
    'sun:07:30-sun:08:29',
    'mon:00:00-tue:00:00',
    'sun:08:30-sun:07:30',
    'Sun:07:30-Sun:08:30',
    '07:30-08:30',
    'day:07:30-day:08:30',
  ])('cannot be %j', (text) => {
    expect(refusal(weeklyWindow(60), text)).toEqual([
      'be a time of the week in UTC of 60 minutes or more, less than a day; write it like sun:07:30-sun:08:30',
    ]);
  });
});

describe('a daily and a weekly window', () => {
  test.each([
    ['06:00-07:00', 'sun:06:30-sun:07:30'],
    ['06:00-07:00', 'wed:05:00-wed:06:01'],
    ['06:00-07:00', 'wed:06:15-wed:06:45'],
    ['06:15-06:45', 'wed:06:00-wed:07:00'],
    ['23:30-00:30', 'mon:00:00-mon:00:30'],
    ['23:30-00:30', 'sun:23:00-sun:23:45'],
    ['00:00-00:30', 'sun:23:30-mon:00:15'],
    ['23:00-23:30', 'sat:23:15-sun:01:00'],
  ])('overlap where they share a minute: %s and %s', (daily, weekly) => {
    expect(windowsOverlap(daily, weekly)).toBe(true);
  });

  test.each([
    ['06:00-07:00', 'sun:07:00-sun:08:00'],
    ['06:00-07:00', 'sun:05:00-sun:06:00'],
    ['23:30-00:30', 'mon:00:30-mon:01:30'],
    ['00:15-00:45', 'sun:23:30-mon:00:15'],
    ['12:00-13:00', 'sun:23:30-mon:11:00'],
  ])('do not where they do not: %s and %s', (daily, weekly) => {
    expect(windowsOverlap(daily, weekly)).toBe(false);
  });
});
