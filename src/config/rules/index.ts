import type { Draft, Finding } from '../check';
import { checkCacheUsers } from './cache-users';
import { checkCapacity } from './capacity';
import { checkCapabilities } from './capabilities';
import { checkChats } from './chats';
import { checkDelivery } from './delivery';
import { checkEgress, checkOutsideNames } from './egress';
import { checkEnvironmentName } from './environment-name';
import { checkExistingNetworks } from './existing-networks';
import {
  checkExisting,
  checkExistingDatabases,
  checkExistingForeign,
  checkExistingPlaces,
  checkExistingUsed,
} from './existing';
import { checkDomains, checkForeignHosts, checkHosts, checkZoneTags } from './domains';
import { checkIpv6 } from './ipv6';
import { checkLinks } from './links';
import { checkLoadBalancers } from './load-balancers';
import { checkRuns } from './runs';
import { checkServiceCalls } from './service-calls';
import { checkTaskDefinitions } from './task-definitions';
import { checkBlockPublicAccess } from './block-public-access';
import { checkZones } from './zones';
import { checkProxies } from './proxies';
import { checkBucketNotifications, checkQueues } from './queues';
import { checkHours } from './hours';
import { checkHoursWindows } from './hours-windows';
import { checkProduction } from './production';
import { checkRanges } from './ranges';
import { checkRegions } from './regions';
import { checkRegistry } from './registry';
import { checkRemovals } from './removals';
import { checkRenames } from './renames';
import { checkTraffic } from './traffic';
import { checkClients } from './clients';
import { checkUses } from './uses';

/** What is looked at in each environment alone. */
export const ENVIRONMENT_RULES: readonly ((draft: Draft) => void)[] = [
  checkEnvironmentName,
  checkRemovals,
  checkRenames,
  checkRegions,
  checkLinks,
  checkTraffic,
  checkEgress,
  checkOutsideNames,
  checkProxies,
  checkUses,
  checkClients,
  checkCacheUsers,
  checkHosts,
  checkZoneTags,
  checkZones,
  checkTaskDefinitions,
  checkCapacity,
  checkLoadBalancers,
  checkRuns,
  checkServiceCalls,
  checkQueues,
  checkBucketNotifications,
  checkCapabilities,
  checkExistingPlaces,
  checkExistingForeign,
  checkExistingNetworks,
  checkIpv6,
  checkExistingDatabases,
  checkExistingUsed,
  checkHours,
  checkHoursWindows,
  checkProduction,
];

/** What is looked at over all environments together; `report` is for what they share. */
export const ESTATE_RULES: readonly ((
  drafts: readonly Draft[],
  shared: unknown,
  report: (finding: Finding) => void,
) => void)[] = [
  checkRanges,
  checkBlockPublicAccess,
  checkDomains,
  checkForeignHosts,
  checkRegistry,
  checkDelivery,
  checkChats,
  checkExisting,
];
