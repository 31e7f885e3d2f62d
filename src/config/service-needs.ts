import type { InterfaceService } from '../../modules/network/vpc-endpoints';
import type { RegionName } from '../../modules/network/regions';
import { regionSettings, regionsOf } from './estate';
import type { EnvironmentSettings } from './schema';
import { standing } from './standing';

type Services = EnvironmentSettings['services'];
type Outside = EnvironmentSettings['outside'];

/** What Fargate needs to start a task and to keep its log. */
const SERVICES_OF_TASKS: readonly InterfaceService[] = ['ecr.api', 'ecr.dkr', 'logs', 'ssm'];
/** Where passwords of master users come from. */
const SERVICES_OF_USERS: readonly InterfaceService[] = ['secretsmanager'];
/** Where services send messages to, and receive them from. */
const SERVICES_OF_QUEUES: readonly InterfaceService[] = ['sqs'];
/** Where collectors send traces to. */
const SERVICES_OF_TRACES: readonly InterfaceService[] = ['xray'];
/** What the agent of ECS on an instance needs; on Fargate AWS sees to that. */
const SERVICES_OF_INSTANCES: readonly InterfaceService[] = ['ecs', 'ecs-agent', 'ecs-telemetry'];

/** What those who stand in a region ask of AWS there. */
interface Askers {
  readonly services: Services;
  readonly capacity: EnvironmentSettings['capacity'];
  /** Whether database users are made from there. */
  readonly makesUsers: boolean;
}

/** The services of AWS that are asked from the subnets of a region. */
export const interfaceServices = ({ services, capacity, makesUsers }: Askers): InterfaceService[] => [
  ...(Object.keys(services).length > 0 ? SERVICES_OF_TASKS : []),
  ...(Object.keys(capacity).length > 0 ? SERVICES_OF_INSTANCES : []),
  ...(makesUsers ? SERVICES_OF_USERS : []),
  ...(usesQueues(services) ? SERVICES_OF_QUEUES : []),
  ...(areTraced(services) ? SERVICES_OF_TRACES : []),
];

const usesQueues = (services: Services): boolean =>
  Object.values(services).some(({ uses }) => Object.keys(uses.queues).length > 0);

const areTraced = (services: Services): boolean => Object.values(services).some(({ tracing }) => tracing);

/** Regions in which collectors of traces run. */
export const regionsWithTraces = (settings: EnvironmentSettings): RegionName[] =>
  regionsOf(settings)
    .filter(({ role }) => areTraced(standing(settings.services, role)))
    .map(({ name }) => name);

/** The entries that some service names, once each. */
export function usedOutside(outside: Outside, services: Services): Outside[string][] {
  const used = new Set(Object.values(services).flatMap(({ uses }) => uses.outside));
  return Object.entries(outside).flatMap(([name, entry]) => (used.has(name) ? [entry] : []));
}

/** Regions in which services have proxies to the outside. */
export const regionsWithProxies = (settings: EnvironmentSettings): RegionName[] =>
  regionsOf(settings)
    .filter(({ name }) => regionSettings(settings, name).network.egress === 'proxy')
    .filter(({ role }) =>
      Object.values(standing(settings.services, role)).some(({ uses }) => uses.outside.length > 0),
    )
    .map(({ name }) => name);
