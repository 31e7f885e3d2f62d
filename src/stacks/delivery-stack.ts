import type { App } from 'cdktf';
import { EnvironmentRoles } from '../../modules/delivery/environment-roles';
import type { RegionName } from '../../modules/network/regions';
import type { PipelinePlan } from '../config/pipeline-plan';
import { BaseStack, stateBucketName, stateKeyAlias } from './base-stack';

/**
 * The roles with which a pipeline plans and applies one environment. It belongs to the account: a person applies it, and
 * no pipeline can change what it may do.
 */
export class DeliveryStack extends BaseStack {
  constructor(app: App, pipeline: PipelinePlan, region: RegionName) {
    const { account, environment } = pipeline;
    const layer = `delivery-${environment}`;
    super(app, { scope: `account-${account}`, account, region, layer, global: true });
    new EnvironmentRoles(this, 'Delivery', {
      ...pipeline,
      stateBuckets: stateBucketName({ scope: environment, account, region: '*' }),
      stateKeyAlias: stateKeyAlias({ scope: environment }),
    });
  }
}
