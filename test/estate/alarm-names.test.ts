import { environments, shared } from '../fixtures/car-retail';
import { changed, estateOf, stacksOf, type StackJson } from '../support/estate';
import { everyEstate } from '../support/estates';

/** Alarms that have the name of another one of their account and region: CloudWatch takes the second for a change of the first. */
function twice(stacks: readonly StackJson[]): string[] {
  const names = stacks.flatMap(({ place, resource }) =>
    ['aws_cloudwatch_metric_alarm', 'aws_cloudwatch_composite_alarm'].flatMap((type) =>
      Object.values(resource[type] ?? {}).map(
        ({ alarm_name: name, region = place.region }) => `${place.account} ${String(region)} ${String(name)}`,
      ),
    ),
  );
  return names.filter((name, index) => names.indexOf(name) !== index);
}

test.each(everyEstate)('no two alarms of $name have one name', ({ stacks }) => {
  expect(twice(stacks())).toEqual([]);
});

test('nor where each thing tells of its alarms by one', () => {
  const alwaysOn = { alwaysOn: true };
  const prod = changed(environments.prod, {
    production: false,
    hours: { from: '07:00', until: '20:00' },
    databases: { orders: alwaysOn, users: alwaysOn, catalog: alwaysOn },
    capacity: { general: { min: 0 } },
    services: { inventory: { tasks: { schedule: null } } },
  });
  expect(twice(stacksOf(estateOf({ shared, environments: { load: prod } }), ['load']))).toEqual([]);
});

test.each(everyEstate)('what keeps an alarm of $name quiet stands before it', ({ stacks }) => {
  for (const { id, resource } of stacks()) {
    const alarms = resource['aws_cloudwatch_metric_alarm'] ?? {};
    const named = Object.values(alarms).map(({ alarm_name: name }) => name);
    for (const [name, alarm] of Object.entries(resource['aws_cloudwatch_composite_alarm'] ?? {})) {
      const suppressor = alarm['actions_suppressor'] as { alarm: string } | undefined;
      // an alarm of another stack stands by then; one of this stack has to be referred to
      expect(named, `${id}: ${name}`).not.toContain(suppressor?.alarm);
    }
  }
});
