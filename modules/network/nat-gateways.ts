import { Construct } from 'constructs';
import { Eip } from '@cdktf/provider-aws/lib/eip';
import { NatGateway } from '@cdktf/provider-aws/lib/nat-gateway';
import type { Route } from '@cdktf/provider-aws/lib/route';
import type { Naming } from '../naming/naming';
import { ZONES } from './address-plan';
import type { NetworkSettings } from './network-settings';

export interface NatGatewaysProps extends Pick<NetworkSettings, 'nat'> {
  readonly naming: Naming;
  readonly availabilityZones: readonly string[];
  /** Subnets with a way to the internet, one in each zone. */
  readonly subnetIds: readonly string[];
  readonly wayOut: Route;
}

/** None, one in the first zone, or one in each; each with an address of its own. */
export function addNatGateways(
  network: Construct,
  { naming, nat, availabilityZones, subnetIds, wayOut }: NatGatewaysProps,
): NatGateway[] {
  const count = { none: 0, single: 1, 'one-per-az': availabilityZones.length }[nat];
  return ZONES.slice(0, count).map((zone, index) => {
    const scope = new Construct(network, `Nat${zone}`);
    const named = (what: string) => ({ Name: naming.regional(what) });
    const address = new Eip(scope, 'Eip', { domain: 'vpc', tags: named(`nat-${zone.toLowerCase()}`) });
    return new NatGateway(scope, 'NatGateway', {
      allocationId: address.id,
      subnetId: subnetIds[index]!,
      tags: named(zone.toLowerCase()),
      // its own way out must exist first
      dependsOn: [wayOut],
    });
  });
}
