import { regionsOf, type Environment } from '../../config/estate';
import { formerName } from '../../config/renames';
import { didYouMean } from '../../config/problem';
import { InputError } from '../../errors';

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

/**
 * The service that goes by this name now, or went by it once: parameters and pipelines still say the old one.
 *
 * @throws InputError if the environment has no such service
 */
export function serviceNamed({ name, settings }: Environment, service: string): string {
  const services = Object.keys(settings.services);
  if (services.includes(service)) return service;
  const now = services.find((one) => settings.services[one]?.renamedFrom?.includes(service));
  if (now !== undefined) return now;
  throw new InputError([
    `SERVICE must name a service of ${name}, got "${service}"; ${didYouMean(service, services)}`,
  ]);
}

/** Where the environment's parameters are looked after from: every run asks there whose credentials it has. */
export function homeOf({ name, settings }: Environment): { scope: string; account: string; region: string } {
  const [primary] = regionsOf(settings);
  if (!primary) throw new Error(`${name} has no region`);
  return { scope: name, account: settings.account, region: primary.name };
}
