import { RegistryReplication } from '../../../modules/registry/registry-replication';
import { ACCOUNT, synth } from '../../support/harness';

const synthReplication = (regions: string[]) =>
  synth((stack) => void new RegistryReplication(stack, 'Replication', { account: ACCOUNT, regions }));

describe('the replication of a registry', () => {
  test('copies every image to the same account in the other regions', () => {
    const out = synthReplication(['us-west-2', 'eu-west-1']);
    expect(out.addresses).toEqual(['aws_ecr_replication_configuration.replication']);
    expect(out.at('aws_ecr_replication_configuration.replication')['replication_configuration']).toEqual({
      rule: [
        {
          destination: [
            { region: 'us-west-2', registry_id: ACCOUNT },
            { region: 'eu-west-1', registry_id: ACCOUNT },
          ],
        },
      ],
    });
  });

  test('is refused without a region to copy to', () => {
    expect(() => synthReplication([])).toThrow(
      new Error(
        'test-us-east-1-workload/Replication: regions must name at least one region, got none; leave the replication out',
      ),
    );
  });
});
