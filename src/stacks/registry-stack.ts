import type { App } from 'cdktf';
import { Construct } from 'constructs';
import { Key } from '../../modules/encryption/key';
import { Naming } from '../../modules/naming/naming';
import { ImageRepository } from '../../modules/registry/image-repository';
import { RegistryReplication } from '../../modules/registry/registry-replication';
import type { RegistryPlan } from '../config/registry-plan';
import { BaseStack } from './base-stack';

/** The repositories of images in one region: images come to the home region and are copied to the others. */
export class RegistryStack extends BaseStack {
  constructor(app: App, plan: RegistryPlan, region: RegistryPlan['home']) {
    const { account, tags, protection } = plan;
    super(app, { scope: 'shared', account, region, layer: 'registry', tags });
    const naming = new Naming({ environment: 'shared', account, region });
    const key = new Key(this, 'Key', {
      name: naming.regional('images'),
      description: 'Images in ECR',
      account,
      region,
      via: ['ecr'],
      protection,
    });
    const repositories = new Construct(this, 'Repositories');
    for (const { name, pullers } of plan.images)
      new ImageRepository(repositories, name, { name, key, pullers, protection });
    const others = plan.regions.filter((other) => other !== region);
    if (region === plan.home && others.length > 0)
      new RegistryReplication(this, 'Replication', { account, regions: others });
  }
}
