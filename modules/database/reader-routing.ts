import { Construct } from 'constructs';
import { Route53HealthCheck } from '@cdktf/provider-aws/lib/route53-health-check';
import { Route53Record } from '@cdktf/provider-aws/lib/route53-record';
import type { IPrivateZone } from '../network/private-zone';
import type { WatchedAlarm } from './watched-alarm';

/** An instance that can be read, or a cluster whose endpoint chooses one. */
export interface Readable {
  /** What it is called in AWS. */
  readonly identifier: string;
  /** Its host name. */
  readonly host: string;
  /** By which another region reads it. @default host */
  readonly publishedHost?: string;
  /** What says whether it answers, and with data that is not too old. */
  readonly availability: readonly WatchedAlarm[];
}

export interface ReaderRoutingProps {
  /** Name of the database. */
  readonly name: string;
  readonly zone: IPrivateZone;
  /** Where the same is said for other regions. @default nowhere */
  readonly publishedZone?: IPrivateZone | undefined;
  readonly region: string;
  /** Those that reads go to, in equal parts. @default none */
  readonly readers?: readonly Readable[];
  /** The one that they read from: reads go to it while no reader is well. Of Aurora the only one: its endpoint chooses. */
  readonly last: Readable;
}

/** Seconds for which a client may remember an answer: after that it follows. */
const TTL_SECONDS = 5;

/** In each zone that says where a database is read. */
export const readersName = (name: string) => `${name}-readers`;

/**
 * One private name for all readers of a database. Route 53 cannot reach private addresses, so what it goes by are alarms
 * of CloudWatch: a reader is in the answer while every one of its alarms is well.
 * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/dns-failover-private-hosted-zones.html
 */
export class ReaderRouting extends Construct {
  /** What clients connect to: a CNAME, so that they can learn the name that the certificate has. */
  readonly host: string;
  /** What the answer is made of. */
  readonly records: Route53Record[] = [];

  constructor(
    scope: Construct,
    id: string,
    private readonly props: ReaderRoutingProps,
  ) {
    super(scope, id);
    this.host = `${readersName(props.name)}.${props.zone.domain}`;
    for (const [index, reader] of (props.readers ?? []).entries()) this.route(`${index + 1}`, reader, 1);
    // a record of weight 0 is taken only while all others are ill; alone it is one like any other:
    // https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/health-checks-how-route-53-chooses-records.html
    this.route('Last', props.last, props.readers?.length ? 0 : 1);
  }

  private route(id: string, reader: Readable, weight: number): void {
    const { name, zone, publishedZone } = this.props;
    const scope = new Construct(this, id);
    const answer = {
      type: 'CNAME',
      ttl: TTL_SECONDS,
      records: [reader.host],
      setIdentifier: reader.identifier,
      weightedRoutingPolicy: { weight },
      healthCheckId: this.addHealthCheck(scope, reader),
    };
    this.records.push(
      new Route53Record(scope, 'Record', { zoneId: zone.zoneId, name: this.host, ...answer }),
    );
    if (!publishedZone) return;
    // a name of the other zone would mean the reader's own region there
    new Route53Record(new Construct(scope, 'Published'), 'Record', {
      zoneId: publishedZone.zoneId,
      name: `${readersName(name)}.${publishedZone.domain}`,
      ...answer,
      records: [reader.publishedHost ?? reader.host],
    });
  }

  /** Well while everything that it is made of is. */
  private addHealthCheck(scope: Construct, { identifier, availability }: Readable): string {
    const checks = availability.map((alarm) => this.follow(scope, identifier, alarm));
    return new Route53HealthCheck(scope, 'HealthCheck', {
      type: 'CALCULATED',
      childHealthchecks: checks,
      childHealthThreshold: checks.length,
      tags: { Name: identifier },
    }).id;
  }

  private follow(scope: Construct, identifier: string, { id, alarmName, decidesBy }: WatchedAlarm): string {
    return new Route53HealthCheck(scope, id, {
      type: 'CLOUDWATCH_METRIC',
      cloudwatchAlarmName: alarmName,
      cloudwatchAlarmRegion: this.props.region,
      // what measures nothing does not run
      insufficientDataHealthStatus: 'Unhealthy',
      // Route 53 copies how the alarm decides, and looks again only if it is told to
      triggers: { alarm: decidesBy },
      tags: { Name: `${identifier}-${id}` },
    }).id;
  }
}
