import {
  MOST_TASK_DEFINITION_BYTES,
  taskDefinitionBytes,
} from '../../../modules/compute/task-definition-size';
import { PROXY_VARIABLES } from '../../../modules/egress/proxy-variables';
import { Naming } from '../../../modules/naming/naming';
import type { Draft } from '../check';
import { isMap, valueAt } from '../merge';
import { capabilitySchemas } from '../schema';
import { variablesUsed } from './clients';

/** What a service says and what it uses go into one task definition, which has a limit. */
export function checkTaskDefinitions({ name: environment, merged, report }: Draft): void {
  const { services, regions } = merged;
  if (!isMap(services)) return;
  // the longest name of a region makes the longest ARNs
  const [region = ''] = Object.keys(isMap(regions) ? regions : {}).sort((a, b) => b.length - a.length);
  const naming = new Naming({ environment, account: '0'.repeat(12), region });
  const proxied = Object.values(isMap(regions) ? regions : {}).some(
    (one) => valueAt(one, ['network', 'egress']) === 'proxy',
  );
  for (const [name, entry] of Object.entries(services)) {
    const settings = capabilitySchemas.services.safeParse({ [name]: entry }).data?.[name];
    if (!settings) continue;
    const bytes = taskDefinitionBytes(naming, name, settings, [
      ...variablesUsed(merged, valueAt(entry, ['uses'])),
      ...(settings.uses.outside.length > 0 && proxied ? PROXY_VARIABLES : []),
    ]);
    if (bytes <= MOST_TASK_DEFINITION_BYTES) continue;
    report({
      path: ['services', name],
      rule: `make a task definition of at most ${MOST_TASK_DEFINITION_BYTES} bytes, and it makes about ${bytes}`,
      hideValue: true,
      remedy: 'move what is long in environment and command into the image or a bucket',
    });
  }
}
