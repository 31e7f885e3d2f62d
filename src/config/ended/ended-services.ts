import { ENDED_APPLICATION_SERVICES } from './ended-application-services';
import { ENDED_PLATFORM_SERVICES } from './ended-platform-services';

/** A service, or a part of one, that AWS has ended or closed, and what serves instead. */
export interface EndedService {
  /** As AWS writes it; a key of this name, in any spelling, means the service. */
  readonly name: string;
  /**
   * `ended`: gone. `unsupported`: out of standard support, at a surcharge. `closed`: open to those who have it
   * already, which the account of a new environment does not.
   */
  readonly state: 'ended' | 'unsupported' | 'closed';
  /** Day from which on that is so. Left out where the page that says so names none. */
  readonly since?: string;
  readonly successor: string;
  /** Where AWS says so. */
  readonly source: string;
  /** Other names, in small letters and digits alone. */
  readonly alsoKeys?: readonly string[];
  /** Engines of databases that mean it. */
  readonly engines?: readonly string[];
}

export const ENDED_SERVICES = [...ENDED_PLATFORM_SERVICES, ...ENDED_APPLICATION_SERVICES];

const byKey = new Map(
  ENDED_SERVICES.flatMap((service) =>
    [spelling(service.name), ...(service.alsoKeys ?? [])].map((key) => [key, service] as const),
  ),
);
const byEngine = new Map(
  ENDED_SERVICES.flatMap((service) =>
    (service.engines ?? []).map((engine) => [spelling(engine), service] as const),
  ),
);

/** @returns what to say of a key that names an ended service, or nothing */
export const endedService = (key: string) => described(byKey.get(spelling(key)));

/** @returns what to say of an engine that has ended, or nothing. `aurora` is one; a key of that name is not. */
export const endedEngine = (engine: string) => described(byEngine.get(spelling(engine)));

/** However it is written: `awsAppRunner`, `app_runner`, `App Runner`. */
function spelling(name: string): string {
  return name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]/g, '')
    .replace(/^(aws|amazon)/, '');
}

function described(service: EndedService | undefined): { rule: string; remedy: string } | undefined {
  return service && { rule: `not name ${fate(service)}`, remedy: `use ${service.successor}` };
}

const FATES = {
  ended: 'a service that AWS has ended',
  unsupported: 'a release that AWS has taken out of standard support',
  closed: 'a service that AWS has closed to new customers',
};

const fate = ({ name, state, since }: EndedService): string =>
  `${FATES[state]}: ${name}${since === undefined ? '' : `, on ${since}`}`;
