import { regionsOf, type Environment } from '../config/estate';
import { formerName } from '../config/renames';
import { didYouMean } from '../config/problem';
import { InputError } from '../errors';

/** The regions in which a service runs, the primary first. */
export function regionsOfService({ settings }: Environment, service: string): readonly string[] {
  const standby = settings.services[service]?.standby;
  return regionsOf(settings)
    .filter(({ role }) => role === 'primary' || standby)
    .map(({ name }) => name);
}

/** The name under which a service's parameters are kept: the one that it was made with. */
export const parametersOwner = ({ settings }: Environment, service: string): string =>
  formerName(settings.services, service);

/** @throws InputError if the environment has no such service */
export function checkService({ name, settings }: Environment, service: string): void {
  const services = Object.keys(settings.services);
  if (services.includes(service)) return;
  const now = services.find((one) => settings.services[one]?.renamedFrom === service);
  throw new InputError([
    `SERVICE must name a service of ${name}, got "${service}"; ${now === undefined ? didYouMean(service, services) : `it is called ${now} now`}`,
  ]);
}

/** Where the environment's parameters are looked after from: every run asks there whose credentials it has. */
export function homeOf({ name, settings }: Environment): { scope: string; account: string; region: string } {
  const [primary] = regionsOf(settings);
  if (!primary) throw new Error(`${name} has no region`);
  return { scope: name, account: settings.account, region: primary.name };
}
