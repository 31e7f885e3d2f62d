import { createHash } from 'node:crypto';
import type { Caller } from '../cloud/caller';
import type { Inventory } from '../cloud/inventory';
import { fingerprint, mapsIn, textOf, UNKNOWN, type ValueMap } from '../protocol/values';

const TYPE = 'aws_networkfirewall_firewall';

/** Another subnet is another endpoint, which nobody knows before: so the provider itself plans it. */
export function planEndpoints(type: string, prior: ValueMap | undefined, planned: ValueMap): ValueMap {
  if (type !== TYPE || !prior) return planned;
  if (fingerprint(prior['subnet_mapping']) === fingerprint(planned['subnet_mapping'])) return planned;
  return { ...planned, firewall_status: UNKNOWN };
}

/** An endpoint in the zone of each subnet, where everything else that AWS decides is made up. */
export function settleEndpoints(
  type: string,
  state: ValueMap,
  inventory: Inventory,
  caller: Caller,
): ValueMap {
  if (type !== TYPE) return state;
  const endpoints = mapsIn(state['subnet_mapping']).map((mapping) => {
    const subnetId = textOf(mapping['subnet_id']) ?? '';
    const zone = textOf(inventory.get('aws_subnet', subnetId, caller)?.state['availability_zone']);
    const seed = createHash('sha256')
      .update(`${textOf(state['arn'])} ${subnetId}`)
      .digest('hex');
    return {
      availability_zone: zone ?? `${caller.region}a`,
      attachment: [{ endpoint_id: `vpce-0${seed.slice(0, 16)}`, subnet_id: subnetId }],
    };
  });
  const status = { ...mapsIn(state['firewall_status'])[0], sync_states: endpoints };
  return { ...state, firewall_status: [status] };
}
