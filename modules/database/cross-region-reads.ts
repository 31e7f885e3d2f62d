import { Construct } from 'constructs';
import { Route53Record } from '@cdktf/provider-aws/lib/route53-record';
import type { IConnectable } from '../access/connections';
import type { IClient } from '../access/usable';
import type { Place } from '../naming/naming';
import { clientsIn, databasesIn, regionalDomain, type Peer } from '../network/peers';
import type { IPrivateZone } from '../network/private-zone';
import { PORT } from './database';
import { readersName, type ReaderRouting } from './reader-routing';

export interface CrossRegionReadsProps {
  /** Name of the database, the same in all regions. */
  readonly name: string;
  readonly place: Place;
  readonly zone: IPrivateZone;
  /** The database here. */
  readonly database: IConnectable;
  /** Who is read first. */
  readonly local: ReaderRouting;
  /** The region that reads here, and that reads go to from here. */
  readonly peer: Peer;
}

/**
 * Reads go to another region while nothing of this one can be read: a failover pair, whose first record is well while one of
 * the local instances is. The second one is a name that the other region writes: nothing of it is read here, not even
 * whether it is well, so that each region can be planned alone and neither waits for the other at first.
 */
export class CrossRegionReads extends Construct {
  /** What clients connect to. */
  readonly host: string;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: CrossRegionReadsProps,
  ) {
    super(scope, id);
    const { name, zone, database, local, peer } = props;
    this.host = `${name}-reads.${zone.domain}`;
    this.addPair(local, regionalDomain(peer.region, zone.domain));
    database.connections.allowFromOutside(
      { id: 'Applications elsewhere', cidrIpv4: clientsIn(peer) },
      `Reads of ${name} from ${peer.region}`,
      PORT,
    );
  }

  private addPair(local: ReaderRouting, elsewhere: string): void {
    const shared = { zoneId: this.props.zone.zoneId, name: this.host, type: 'CNAME' };
    new Route53Record(new Construct(this, 'Here'), 'Record', {
      ...shared,
      setIdentifier: 'here',
      failoverRoutingPolicy: { type: 'PRIMARY' },
      // an alias answers with the instance itself, and is well while one of the records behind it is
      alias: { zoneId: this.props.zone.zoneId, name: local.host, evaluateTargetHealth: true },
      dependsOn: [...local.records],
    });
    new Route53Record(new Construct(this, 'Elsewhere'), 'Record', {
      ...shared,
      setIdentifier: 'elsewhere',
      failoverRoutingPolicy: { type: 'SECONDARY' },
      ttl: 5,
      records: [`${readersName(this.props.name)}.${elsewhere}`],
    });
  }

  /**
   * The way out, and to sign in there. Ids of instances are known in their own region alone, so that any instance of that
   * region is meant: who else is there has no path to this VPC.
   */
  letUse(client: IClient): void {
    const {
      name,
      place: { account },
      peer,
    } = this.props;
    client.connections.allowToOutside(
      { id: 'Databases elsewhere', cidrIpv4: databasesIn(peer) },
      `Reads database ${name} of ${peer.region}`,
      PORT,
    );
    client.role.allow(`read-database-${name}-elsewhere`, [
      {
        Action: 'rds-db:connect',
        Resource: `arn:aws:rds-db:${peer.region}:${account}:dbuser:*/${client.name}`,
      },
    ]);
  }
}
