import type { App } from 'cdktf';
import { AlertChats } from '../../modules/observability/alert-chats';
import { globalStateRegion, regionsOf, type Environment } from '../config/estate';
import { BaseStack } from './base-stack';

/** The chat channels that hear of alarms of all regions. After the foundations, whose topics have to stand. */
export class AlertsStack extends BaseStack {
  constructor(app: App, { name, settings }: Environment, permissionsBoundary: string | undefined) {
    const { account, tags, alerts, regions } = settings;
    super(app, {
      scope: name,
      account,
      region: globalStateRegion(settings),
      layer: 'alerts',
      global: true,
      tags,
    });
    if (!alerts.slack && !alerts.teams) return;
    new AlertChats(this, 'Chats', {
      environment: name,
      account,
      // of a region that is about to go, the topic goes too
      regions: regionsOf(settings)
        .map((region) => region.name)
        .filter((region) => !regions[region]?.decommission),
      slack: alerts.slack,
      teams: alerts.teams,
      permissionsBoundary,
    });
  }
}
