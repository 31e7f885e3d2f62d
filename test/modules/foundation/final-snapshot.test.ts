import { TerraformOutput } from 'cdktf';
import { finalSnapshotName } from '../../../modules/foundation/final-snapshot';
import { synth } from '../../support/harness';

test('the name of a last snapshot ends as an id in the state, which changes with what replaces the thing', () => {
  const out = synth((stack) => {
    const value = finalSnapshotName(stack, 'test-orders-final', { key: 'arn', databaseName: undefined });
    new TerraformOutput(stack, 'name', { value });
  });
  expect(out.output['name']).toEqual({
    value: 'test-orders-final-${substr(terraform_data.final-snapshot.id, 0, 8)}',
  });
  expect(out.at('terraform_data.final-snapshot')).toMatchObject({ triggers_replace: { key: 'arn' } });
});
