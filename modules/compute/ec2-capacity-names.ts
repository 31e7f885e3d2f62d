import type { Naming } from '../naming/naming';

/** What EC2 capacity and its parts are called. A service may have the same name. */
export const capacityNames = (naming: Naming, name: string) => ({
  /** Services say this where they say where they run. */
  provider: naming.regional(name),
  group: naming.regional(`${name}-capacity`),
  role: naming.accountWide(`${name}-capacity`),
  securityGroup: naming.regional(`${name}-capacity`),
  alarms: naming.regional(`${name}-capacity`),
});
