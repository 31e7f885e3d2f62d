import type { App } from 'cdktf';
import { RegionalKeys } from '../../modules/encryption/regional-keys';
import type { Foundation } from '../../modules/foundation/foundation';
import { asleepName, QuietAlarms } from '../../modules/hours/quiet-alarms';
import { Naming } from '../../modules/naming/naming';
import { EgressAlarms } from '../../modules/network/egress-alarms';
import { NatAlarms } from '../../modules/network/nat-alarms';
import { Network } from '../../modules/network/network';
import { regionalDomain } from '../../modules/network/peers';
import { PrivateZone, privateDomain } from '../../modules/network/private-zone';
import { alertTopicName } from '../../modules/observability/alert-chats';
import { PublishedZone } from '../../modules/network/published-zone';
import { AlertTopic } from '../../modules/observability/alert-topic';
import { refusesDeletion } from '../../modules/settings/fields';
import { LogBucket } from '../../modules/storage/log-bucket';
import type { RegionPlan } from '../config/region-plan';
import { BaseStack } from './base-stack';

/** What everything else in a region stands on, and what changes seldom: keys, network, logs, alerts. */
export class FoundationStack extends BaseStack {
  readonly foundation: Foundation;

  constructor(app: App, plan: RegionPlan) {
    const { environment, account, region, tags, protection, logRetentionDays, permissionsBoundary } = plan;
    super(app, { scope: environment, account, region, layer: 'foundation', tags });
    const naming = new Naming({ environment, account, region });
    const refuses = refusesDeletion(plan);
    const keys = new RegionalKeys(this, 'Keys', naming, refuses, plan.keys);
    const network = new Network(this, 'Network', {
      ...plan.network,
      naming,
      logsKey: keys.logs,
      protection: refuses,
      permissionsBoundary,
    });
    const privateZone = new PrivateZone(this, 'PrivateZone', {
      domain: privateDomain(environment),
      vpcId: network.vpcId,
      protection: refuses,
    });
    const publishedZone = plan.network.publishes
      ? new PublishedZone(this, 'PublishedZone', {
          domain: regionalDomain(region, privateZone.domain),
          vpcId: network.vpcId,
        })
      : undefined;
    const alerts = new AlertTopic(this, 'Alerts', {
      name: alertTopicName(environment),
      account,
      key: keys.alerts,
      emails: plan.alertEmails,
    });
    const { hours } = plan;
    const quiet = hours && new QuietAlarms(this, 'Hours', { naming, hours, permissionsBoundary });
    // CloudWatch takes no alarm for what keeps others quiet before it stands
    const topic = { arn: alerts.arn, asleep: quiet?.alarmName };
    const egress = new EgressAlarms(this, 'Egress', { naming, topic, ...network.refusalLogs });
    const nat = new NatAlarms(this, 'Nat', { naming, topic, gateways: network.natGateways });
    const logBucket = new LogBucket(this, 'Logs', {
      naming,
      protection: refuses,
      retentionDays: logRetentionDays,
      existingBuckets: Object.values(plan.buckets).flatMap(({ existing }) => existing?.name ?? []),
    });
    this.foundation = {
      naming,
      network,
      keys,
      privateZone,
      publishedZone,
      alerts: { arn: alerts.arn, asleep: hours && asleepName(naming) },
      watched: [egress, nat],
      hours,
      logBucket,
      protection,
      logRetentionDays,
      permissionsBoundary,
    };
  }
}
