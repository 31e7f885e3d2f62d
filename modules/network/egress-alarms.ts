import type { Construct } from 'constructs';
import { alarmOnRefusals } from '../egress/refusals';
import type { Naming } from '../naming/naming';
import { Alarms, type WatchedMetric } from '../observability/alarms';
import type { IAlertTopic } from '../observability/alert-topic';

/** Names of the logs in which a network writes what it has refused; nothing where it refuses nothing. */
export interface RefusalLogs {
  /** Queries of the VPC, with what DNS Firewall has made of each. */
  readonly dnsQueries?: string | undefined;
  /** Alerts of Network Firewall: all of them are of what it drops. */
  readonly firewallAlerts?: string | undefined;
}

export interface EgressAlarmsProps extends RefusalLogs {
  readonly naming: Naming;
  readonly topic: IAlertTopic;
}

/** Tells when something in the VPC keeps asking for what nobody has declared. */
export class EgressAlarms extends Alarms {
  constructor(
    scope: Construct,
    id: string,
    { naming, topic, dnsQueries, firewallAlerts }: EgressAlarmsProps,
  ) {
    super(scope, id, naming.regional('egress'), topic);
    if (dnsQueries !== undefined) {
      alarmOnRefusals(this, 'names-refused', {
        logGroupName: dnsQueries,
        pattern: '{ $.firewall_rule_action = "BLOCK" }',
        description: `DNS Firewall keeps refusing names. Look in ${naming.path('dns-queries')} who asks for what: it is missing in outside, or should not be asked for.`,
      });
    }
    if (firewallAlerts !== undefined) {
      alarmOnRefusals(this, 'connections-refused', {
        logGroupName: firewallAlerts,
        pattern: '{ $.event.event_type = "alert" }',
        description: `Network Firewall keeps dropping connections that show no declared name, although a name has resolved or an address was known. Look in ${naming.path('firewall/alert')} who calls whom.`,
      });
    }
  }

  /** For the dashboard, which stands in another stack. */
  override get watched(): readonly WatchedMetric[] {
    return this.watchedFromElsewhere;
  }
}
