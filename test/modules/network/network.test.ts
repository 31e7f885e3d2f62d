import { testApp, testFoundation, synthesize } from '../../support/harness';
import { TerraformStack } from 'cdktf';

test('try', () => {
  const app = testApp();
  testFoundation(app);
  const out = synthesize(app.node.children[0] as TerraformStack);
  console.log(out.addresses.join('\n'));
});
