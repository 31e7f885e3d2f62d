import type { Draft } from '../check';
import { isMap, valueAt } from '../merge';

/** Whatever has to run while the rest is stopped says so, and what cannot be stopped too. */
export function checkHours({ merged, production, report }: Draft): void {
  if (merged['hours'] === undefined) return;
  if (production) {
    report({
      path: ['hours'],
      rule: 'not be said in production',
      hideValue: true,
      remedy: 'take it out: somebody comes at any hour',
    });
    return;
  }
  const entries = (kind: string) => Object.entries(isMap(merged[kind]) ? merged[kind] : {});
  const alwaysOn = (name: string) => valueAt(merged, ['databases', name, 'alwaysOn']) === true;

  for (const [name, settings] of entries('databases')) {
    const why = WHY_NOT.find(([path]) => isSaid(valueAt(settings, [path])));
    if (alwaysOn(name) || !why) continue;
    report({
      path: ['databases', name, 'alwaysOn'],
      rule: `be true beside hours: ${why[1]}`,
      value: valueAt(settings, ['alwaysOn']),
      remedy: `set it, or take ${why[0]} away`,
    });
  }

  for (const [name, settings] of entries('services')) {
    if (valueAt(settings, ['tasks', 'schedule']) !== undefined)
      report({
        path: ['services', name, 'tasks', 'schedule'],
        rule: 'not come with hours, which changes the same numbers',
        hideValue: true,
        remedy: 'take it out here, or hours',
      });
    const stopped = usedBy(settings).filter((database) => !alwaysOn(database));
    if (valueAt(settings, ['runs', 'cron']) === undefined || stopped.length === 0) continue;
    report({
      path: ['services', name, 'runs'],
      rule: `not use what is stopped outside of hours, as databases.${stopped[0]!} is`,
      hideValue: true,
      remedy: `let databases.${stopped[0]!} say alwaysOn: true, or runs be 'by-hand' here`,
    });
  }

  for (const [name, settings] of entries('capacity')) {
    const min = valueAt(settings, ['min']);
    if (typeof min !== 'number' || min === 0) continue;
    report({
      path: ['capacity', name, 'min'],
      rule: 'be 0 beside hours: outside of them no task runs on it',
      value: min,
      remedy: 'set it to 0; ECS starts instances with the tasks',
    });
  }
}

/** https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_StopInstance.html, and the same page of Aurora's guide. */
const WHY_NOT = [
  ['standby', 'AWS stops nothing that is copied to another region as it changes'],
  ['replicas', 'AWS stops no instance that has replicas'],
  ['existing', 'roles of ours reach nothing that has another name'],
] as const;

const isSaid = (value: unknown) => value !== undefined && value !== null && value !== 0;

/** A list, or a map with what for. */
function usedBy(service: unknown): string[] {
  const databases = valueAt(service, ['uses', 'databases']);
  if (Array.isArray(databases)) return databases.filter((name) => typeof name === 'string');
  return isMap(databases) ? Object.keys(databases) : [];
}
