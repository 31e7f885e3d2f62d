import type { Caller } from '../cloud/caller';
import type { Inventory } from '../cloud/inventory';
import { textOf, type ValueMap } from '../protocol/values';

/*
 * What AWS checks of transit gateways besides ids: a route waits for its attachment, and a peering for whoever accepts it.
 */

/** AWS's refusal of a route, or of a place in a route table, that comes too soon. */
export function refuseTooSoon(
  type: string,
  state: ValueMap,
  inventory: Inventory,
  caller: Caller,
): string | undefined {
  if (type === 'aws_route') return refuseUnattached(state, inventory, caller);
  if (/^aws_ec2_transit_gateway_route(_table_association)?$/.test(type))
    return refuseUnaccepted(state, inventory, caller);
  return undefined;
}

/** To a VPC, gateways that it is not attached to are not there. */
function refuseUnattached(state: ValueMap, inventory: Inventory, caller: Caller): string | undefined {
  const gateway = textOf(state['transit_gateway_id']) ?? '';
  const region = textOf(state['region']) ?? caller.region;
  const table = inventory.get('aws_route_table', textOf(state['route_table_id']) ?? '', {
    ...caller,
    region,
  });
  if (gateway === '' || !table) return undefined;
  const isAttached = inventory
    .ofType('aws_ec2_transit_gateway_vpc_attachment', caller)
    .some(
      ({ state: attachment }) =>
        attachment['transit_gateway_id'] === gateway && attachment['vpc_id'] === table.state['vpc_id'],
    );
  return isAttached
    ? undefined
    : `InvalidTransitGatewayID.NotFound: The transitGateway ID '${gateway}' does not exist.`;
}

function refuseUnaccepted(state: ValueMap, inventory: Inventory, caller: Caller): string | undefined {
  const attachment = textOf(state['transit_gateway_attachment_id']) ?? '';
  const has = (type: string) => inventory.ofType(type, caller).some(({ id }) => id === attachment);
  return has('aws_ec2_transit_gateway_peering_attachment') &&
    !has('aws_ec2_transit_gateway_peering_attachment_accepter')
    ? `IncorrectState: ${attachment} is in invalid state`
    : undefined;
}
