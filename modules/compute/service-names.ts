import type { Naming } from '../naming/naming';

/** What a service and its parts are called. Checking asks for them before anything is built. */
export const serviceNames = (naming: Naming, name: string) => ({
  service: naming.regional(name),
  taskRole: naming.accountWide(`${name}-task`),
  executionRole: naming.accountWide(`${name}-execution`),
  // a database may have the same name as a service, and groups share one set of names
  securityGroup: naming.regional(`${name}-service`),
  logGroup: naming.path(`services/${name}`),
  // for the same reason not the name of the service alone
  alarms: naming.regional(`${name}-service`),
  targetGroup: naming.regional(name),
  sharedTargetGroup: naming.regional(`${name}-shared`),
  /** Of the second set of targets: a load balancer's names are short. */
  alternateTargetGroup: naming.regional(`${name}-b`),
  sharedAlternateTargetGroup: naming.regional(`${name}-shared-b`),
  deploymentRole: naming.accountWide(`${name}-deployment`),
  schedulerRole: naming.accountWide(`${name}-scheduler`),
  failures: naming.regional(`${name}-failures`),
});
