import type { Construct } from 'constructs';
import { DbSubnetGroup } from '@cdktf/provider-aws/lib/db-subnet-group';
import { Connections } from '../access/connections';
import type { INetwork } from '../network/network';
import { PORT } from './database';

/** Who may connect to a database: nobody until somebody uses it. */
export const addConnections = (
  scope: Construct,
  database: string,
  where: {
    readonly network: INetwork;
    readonly securityGroup: string;
    /** @default one is made */
    readonly existingGroupId?: string | undefined;
  },
): Connections =>
  new Connections(scope, {
    name: where.securityGroup,
    vpcId: where.network.vpcId,
    description: `Database ${database}`,
    defaultPort: PORT,
    existingGroupId: where.existingGroupId,
  });

/** The subnets for data, which lead nowhere. */
export const addSubnetGroup = (
  scope: Construct,
  database: string,
  where: { readonly network: INetwork; readonly subnetGroup: string },
): DbSubnetGroup =>
  new DbSubnetGroup(scope, 'SubnetGroup', {
    name: where.subnetGroup,
    description: `Database ${database}`,
    subnetIds: [...where.network.subnetIds('data')],
  });
