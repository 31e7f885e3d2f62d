import { Construct } from 'constructs';
import { ServiceDiscoveryHttpNamespace } from '@cdktf/provider-aws/lib/service-discovery-http-namespace';
import type { Naming } from '../naming/naming';

/** Where services of one environment and region find each other. It answers API calls alone, and no DNS. */
export class ServiceNamespace extends Construct {
  readonly arn: string;

  constructor(scope: Construct, id: string, naming: Naming) {
    super(scope, id);
    this.arn = new ServiceDiscoveryHttpNamespace(this, 'Namespace', {
      name: naming.regional('services'),
      description: `Services of ${naming.place.environment} that call each other`,
    }).arn;
  }
}
