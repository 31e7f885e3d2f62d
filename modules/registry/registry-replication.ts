import { Construct } from 'constructs';
import { EcrReplicationConfiguration } from '@cdktf/provider-aws/lib/ecr-replication-configuration';

export interface RegistryReplicationProps {
  /** The account of the registry, twelve digits. */
  readonly account: string;
  /** Where images are copied to: any regions but the one of the stack. */
  readonly regions: readonly string[];
}

/**
 * Copies every image that is pushed in this region to the same account's registry in others, within minutes.
 * There is one such configuration for each account and region.
 *
 * Only images travel: settings, policies and what was pushed before do not. A repository that does not exist at
 * the other end is made there without key, policy or immutable tags, so each has to stand at both ends first.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/replication.html
 */
export class RegistryReplication extends Construct {
  /** @throws if there is no region to copy to: AWS takes no rule without one */
  constructor(scope: Construct, id: string, { account, regions }: RegistryReplicationProps) {
    super(scope, id);
    if (regions.length === 0) {
      throw new Error(
        `${this.node.path}: regions must name at least one region, got none; leave the replication out`,
      );
    }
    new EcrReplicationConfiguration(this, 'ReplicationConfiguration', {
      replicationConfiguration: {
        rule: [{ destination: regions.map((region) => ({ region, registryId: account })) }],
      },
    });
  }
}
