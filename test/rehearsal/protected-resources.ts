import { protects } from './provider/deletion-refusals';
import type { ValueMap } from './protocol/values';
import { type JsonObject, objectAt, objectsIn } from './stack-document';

interface StoredState {
  readonly resources?: readonly {
    readonly mode: string;
    readonly type: string;
    readonly name: string;
    readonly instances: readonly { readonly attributes: ValueMap }[];
  }[];
}

/** Every address in a state. */
export function addressesIn(state: string | undefined): Set<string> {
  const { resources = [] } = JSON.parse(state ?? '{}') as StoredState;
  return new Set(
    resources.filter(({ mode }) => mode === 'managed').map(({ type, name }) => `${type}.${name}`),
  );
}

/** What must outlive a `terraform destroy`: what the configuration keeps, and what AWS would refuse to delete. */
export function protectedAddresses(configuration: JsonObject, state: string | undefined): Set<string> {
  const found = new Set<string>();
  const { resources = [] } = JSON.parse(state ?? '{}') as StoredState;
  for (const { mode, type, name, instances } of resources) {
    if (mode !== 'managed') continue;
    const declared = objectAt(configuration, 'resource', type, name);
    const isKept = objectsIn(declared['lifecycle']).some((block) => block['prevent_destroy'] === true);
    if (isKept || instances.some(({ attributes }) => protects(type, attributes)))
      found.add(`${type}.${name}`);
  }
  return found;
}
