import type { Construct } from 'constructs';
import { CallCertificates } from '../../modules/compute/call-certificates';
import { Ec2Capacity } from '../../modules/compute/ec2-capacity';
import { FargateService } from '../../modules/compute/fargate-service';
import { messagesByQueue } from '../../modules/compute/queue-backlogs';
import { RunTask } from '../../modules/compute/run-task';
import { ServiceCluster } from '../../modules/compute/service-cluster';
import { SharedLoadBalancer } from '../../modules/compute/shared-load-balancer';
import { ServiceNamespace } from '../../modules/compute/service-namespace';
import { PublicCertificate } from '../../modules/edge/public-certificate';
import { EgressProxies } from '../../modules/egress/egress-proxies';
import type { Foundation } from '../../modules/foundation/foundation';
import { Outside } from '../../modules/network/outside';
import type { RegionPlan } from '../config/region-plan';
import { addDatabaseUsers } from './database-users-tasks';
import { eachEntry } from './each-entry';
import { known, resolveUses, type Usables } from './resolve-uses';

interface Surroundings {
  readonly plan: RegionPlan;
  readonly foundation: Foundation;
  readonly registry: string;
}

type Things = Omit<Usables, 'services' | 'outside'>;

/** The cluster of a region with everything that runs on it, each in terms of what it `uses`. */
export function addServices(stack: Construct, things: Things, surroundings: Surroundings): void {
  const { plan, foundation, registry } = surroundings;
  const { services, domain, failover } = plan;
  const cluster = addCluster(stack, surroundings);
  addDatabaseUsers(stack, things.databases, { ...surroundings, cluster });
  const certificate = addCertificate(stack, surroundings);
  const balancers = addLoadBalancers(stack, certificate, surroundings);
  const called = new Set(Object.values(services).flatMap(({ uses }) => uses.services));
  const namespace =
    called.size > 0 ? new ServiceNamespace(stack, 'Namespace', foundation.naming).arn : undefined;
  const encrypted = Object.entries(services).some(([name, { calls }]) => called.has(name) && calls === 'tls');
  const shared = {
    ...foundation,
    certificates: encrypted ? new CallCertificates(stack, 'CallCertificates', foundation) : undefined,
    cluster,
    registry,
    domain,
    failover,
    certificateArn: certificate?.arn,
  };
  const outside = new Outside(plan.outside, addProxies(stack, cluster, surroundings));
  const built = new Map<string, FargateService>();
  eachEntry(stack, 'Services', inCallOrder(services), (group, name, settings) => {
    const { tasks, runs } = settings;
    const uses = resolveUses(settings.uses, { ...things, outside, services: built });
    if (runs !== undefined || tasks === undefined) {
      new RunTask(group, name, { ...shared, ...settings, runs: runs ?? 'by-hand', uses });
      return;
    }
    const isCalled = called.has(name);
    const service = new FargateService(group, name, {
      ...shared,
      ...settings,
      tasks,
      backlogs: Object.entries(messagesByQueue(tasks.scaleOn.messagesPerTask, settings.uses.queues)).map(
        ([queue, messagesPerTask]) => ({
          queue,
          queueName: known(things.queues, queue).queueName,
          messagesPerTask,
        }),
      ),
      called: isCalled,
      sharedLoadBalancer: balancers.get(settings.public?.loadBalancer ?? ''),
      namespace: isCalled || settings.uses.services.length > 0 ? namespace : undefined,
      uses,
    });
    built.set(name, service);
  });
}

function addCluster(stack: Construct, { plan, foundation }: Surroundings): ServiceCluster {
  return new ServiceCluster(stack, 'Cluster', {
    ...foundation,
    addCapacity: (clusterName) =>
      [
        ...eachEntry(
          stack,
          'Capacity',
          plan.capacity,
          (group, name, settings) =>
            new Ec2Capacity(group, name, { ...foundation, ...settings, clusterName }),
        ).values(),
      ].map(({ providerName }) => providerName),
  });
}

/** The way out where each service has a proxy of its own. */
function addProxies(
  stack: Construct,
  cluster: ServiceCluster,
  { plan, foundation, registry }: Surroundings,
): EgressProxies | undefined {
  const { network, services, outside: entries, decommission } = plan;
  const outgoing = Object.keys(services).filter((name) => services[name]!.uses.outside.length > 0);
  if (network.egress !== 'proxy' || outgoing.length === 0) return undefined;
  return new EgressProxies(stack, 'Proxies', {
    ...foundation,
    ...network.proxy,
    cluster,
    registry,
    entries,
    services: outgoing,
    interfaceServices: network.interfaceServices,
    decommission,
  });
}

/** One for the domain and what is below it; only what is public needs it. */
function addCertificate(
  stack: Construct,
  { plan: { services, loadBalancers, domain, certificate: existing }, foundation }: Surroundings,
): PublicCertificate | undefined {
  const isPublic =
    Object.values(services).some((service) => service.public) || Object.keys(loadBalancers).length > 0;
  return isPublic && domain !== undefined
    ? new PublicCertificate(stack, 'Certificate', { ...foundation, domain, existing })
    : undefined;
}

/** Those that services share; each waits for a service, and answers 404 until there is one. */
function addLoadBalancers(
  stack: Construct,
  certificate: PublicCertificate | undefined,
  { plan, foundation }: Surroundings,
): ReadonlyMap<string, SharedLoadBalancer> {
  if (!certificate) return new Map();
  const certificateArn = certificate.arn;
  return eachEntry(
    stack,
    'LoadBalancers',
    plan.loadBalancers,
    (group, name, settings) =>
      new SharedLoadBalancer(group, name, { ...foundation, ...settings, certificateArn }),
  );
}

/** Who is called comes before its callers, which are told where it is. Checked before: nobody calls in a circle. */
function inCallOrder(services: RegionPlan['services']): RegionPlan['services'] {
  const ordered = new Map<string, RegionPlan['services'][string]>();
  const add = (name: string) => {
    const service = services[name];
    if (!service || ordered.has(name)) return;
    service.uses.services.forEach(add);
    ordered.set(name, service);
  };
  Object.keys(services).forEach(add);
  return Object.fromEntries(ordered);
}
