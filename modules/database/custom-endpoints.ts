import { Construct } from 'constructs';
import { RdsClusterEndpoint } from '@cdktf/provider-aws/lib/rds-cluster-endpoint';
import type { RdsClusterInstance } from '@cdktf/provider-aws/lib/rds-cluster-instance';
import type { Variables } from '../access/usable';
import type { Naming } from '../naming/naming';
import { auroraMysqlNames, endpointVariable } from './aurora-mysql-names';

export interface CustomEndpointsProps {
  /** Name of the database. */
  readonly name: string;
  readonly naming: Naming;
  readonly clusterIdentifier: string;
  /** The common reader endpoint, for those of which no reader stands in this region. */
  readonly readerHost: string;
  /** The instances that read, the first reader first. */
  readonly readers: readonly RdsClusterInstance[];
  /** Numbers of readers, 1 is the first, by the name of the endpoint. */
  readonly endpoints: Readonly<Record<string, { readonly readers: readonly number[] }>>;
}

/** Endpoints for some of the readers, so that heavy reports disturb nobody else. */
export class CustomEndpoints extends Construct {
  /** Their hosts, by the variables that clients get. */
  readonly variables: Variables;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: CustomEndpointsProps,
  ) {
    super(scope, id);
    this.variables = Object.fromEntries(
      Object.entries(props.endpoints).map(([endpoint, { readers }]) => [
        endpointVariable(props.name, endpoint),
        this.addEndpoint(endpoint, readers),
      ]),
    );
  }

  /** @returns its host */
  private addEndpoint(endpoint: string, numbers: readonly number[]): string {
    const { naming, name, clusterIdentifier, readers, readerHost } = this.props;
    const members = numbers.flatMap((number) => readers[number - 1]?.identifier ?? []);
    if (members.length === 0) return readerHost;
    return new RdsClusterEndpoint(this, endpoint, {
      clusterIdentifier,
      clusterEndpointIdentifier: auroraMysqlNames(naming, name).endpoint(endpoint),
      // after a failover that makes one of them the writer, it no longer answers here
      customEndpointType: 'READER',
      staticMembers: members,
    }).endpoint;
  }
}
