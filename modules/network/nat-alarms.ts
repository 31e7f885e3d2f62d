import type { Construct } from 'constructs';
import type { Naming } from '../naming/naming';
import { Alarms, type WatchedMetric } from '../observability/alarms';
import type { IAlertTopic } from '../observability/alert-topic';

/** A NAT gateway that stands. */
export interface ZonedGateway {
  /** Which one of the VPC: a, b or c, as in its own name. */
  readonly letter: string;
  /** Name of its zone, such as us-east-1a. */
  readonly zone: string;
  readonly id: string;
}

export interface NatAlarmsProps {
  readonly naming: Naming;
  readonly topic: IAlertTopic;
  readonly gateways: readonly ZonedGateway[];
}

/** Tells when a NAT gateway gives no more ways out. */
export class NatAlarms extends Alarms {
  constructor(scope: Construct, id: string, { naming, topic, gateways }: NatAlarmsProps) {
    super(scope, id, naming.regional('nat'), topic);
    for (const { letter, zone, id: NatGatewayId } of gateways) {
      this.add(`ports-short-${letter}`, {
        // https://docs.aws.amazon.com/vpc/latest/userguide/metrics-dimensions-nat-gateway.html
        description: `The NAT gateway of ${zone} finds no port for new connections: it takes 55,000 at a time to one address and port outside. Look in the flow logs which service opens so many, and let it keep them open.`,
        namespace: 'AWS/NATGateway',
        metric: 'ErrorPortAllocation',
        dimensions: { NatGatewayId },
        statistic: 'Sum',
        threshold: 0,
        missing: 'notBreaching',
      });
    }
  }

  /** For the dashboard, which stands in another stack. */
  override get watched(): readonly WatchedMetric[] {
    return this.watchedFromElsewhere;
  }
}
