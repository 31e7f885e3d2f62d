import { hoursSettings } from '../../../modules/hours/hours-settings';
import { timesOf } from '../../../modules/hours/times';

const parse = (change: object) => hoursSettings.safeParse({ from: '07:00', until: '20:00', ...change });

describe('the hours of an environment', () => {
  test('are those of the working week', () => {
    expect(parse({}).data).toEqual({
      timeZone: 'UTC',
      days: ['MON', 'TUE', 'WED', 'THU', 'FRI'],
      from: '07:00',
      until: '20:00',
    });
  });

  test.each([
    [{ until: '07:00' }, 'leave at least two hours until from, 07:00; choose an earlier time'],
    [{ until: '05:01' }, 'leave at least two hours until from, 07:00; choose an earlier time'],
    [{ from: '7' }, 'be a time of day; write it like 07:30'],
    [{ timeZone: 'Mars' }, 'be a zone of the IANA database; write it like America/New_York'],
  ])('are not %j', (change, message) => {
    expect(parse(change).error?.issues.map((issue) => issue.message)).toEqual([message]);
  });

  test.each([
    [
      { days: ['MON', 'TUE'] },
      { start: '0 7 ? * MON,TUE', stop: '0 20 ? * MON,TUE' },
      { start: '30 6 ? * MON,TUE', stop: '15 20 ? * MON,TUE' },
    ],
    [
      { days: ['SUN'], from: '00:10', until: '22:00' },
      { start: '10 0 ? * SUN', stop: '0 22 ? * SUN' },
      { start: '40 23 ? * SAT', stop: '15 22 ? * SUN' },
    ],
    [
      { days: ['SUN'], from: '20:00', until: '05:00' },
      { start: '0 20 ? * SUN', stop: '0 5 ? * MON' },
      { start: '30 19 ? * SUN', stop: '15 5 ? * MON' },
    ],
  ])('become times of services, and of databases around them: %j', (change, services, databases) => {
    const cron = ({ start, stop }: { start: string; stop: string }) => ({
      start: `cron(${start} *)`,
      stop: `cron(${stop} *)`,
    });
    expect(timesOf(parse(change).data!)).toEqual({ services: cron(services), databases: cron(databases) });
  });
});
