import type { Construct } from 'constructs';
import { Alarms, type AlarmSettings } from '../observability/alarms';
import type { LinkedVpc } from './linked-vpc';

/** Gateways drop nothing while routes are whole: five minutes with a packet in each are no passing change of a route. */
const DROPPED: Pick<AlarmSettings, 'namespace' | 'statistic' | 'threshold' | 'missing'> = {
  namespace: 'AWS/TransitGateway',
  statistic: 'Sum',
  threshold: 0,
  // measured only while something flows
  missing: 'notBreaching',
};

/**
 * Tells when a transit gateway drops what is sent over it, which security groups and instances show nothing of.
 * https://docs.aws.amazon.com/vpc/latest/tgw/transit-gateway-cloudwatch-metrics.html
 */
export class TransitGatewayAlarms extends Alarms {
  constructor(scope: Construct, id: string, { naming, alerts, region }: LinkedVpc, gatewayId: string) {
    super(scope, id, naming.regional('links'), alerts, region);
    const dimensions = { TransitGateway: gatewayId };
    this.add('blackhole', {
      ...DROPPED,
      metric: 'PacketDropCountBlackhole',
      dimensions,
      description:
        'The transit gateway drops packets whose route leads to an attachment that is gone, for five minutes. Look at the state of its attachments: reads of the other region fail.',
    });
    this.add('no-route', {
      ...DROPPED,
      metric: 'PacketDropCountNoRoute',
      dimensions,
      description:
        'The transit gateway drops packets that its route table has no route for, for five minutes. Look whether its routes are those of the code (make drift), or who was attached and asks for what.',
    });
  }
}
