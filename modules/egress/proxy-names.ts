import type { Naming } from '../naming/naming';
import type { PhysicalName } from '../naming/name-rules';
import { PROXY_IMAGE } from './proxy-image';

/** What the proxy of one service and its parts are called. */
export const proxyNames = (naming: Naming, service: string) => {
  const own = `${service}-${PROXY_IMAGE}`;
  return {
    service: naming.regional(own),
    family: naming.regional(own),
    taskRole: naming.accountWide(`${own}-task`),
    executionRole: naming.accountWide(`${own}-execution`),
    securityGroup: naming.regional(own),
    logGroup: naming.path(`egress/${service}`),
    alarms: naming.regional(own),
  };
};

/** Those of them that AWS sets limits to. */
export function limitedProxyNames(naming: Naming, service: string): PhysicalName[] {
  const names = proxyNames(naming, service);
  return [
    { kind: 'ecsService', name: names.service },
    { kind: 'role', name: names.taskRole },
    { kind: 'role', name: names.executionRole },
    { kind: 'securityGroup', name: names.securityGroup },
  ];
}

/** Whether a service of this name would take names that belong to proxies. */
export const isProxysName = (service: string) =>
  service === PROXY_IMAGE || service.endsWith(`-${PROXY_IMAGE}`);
