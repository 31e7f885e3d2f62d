import { DataResource, Fn } from 'cdktf';
import type { Construct } from 'constructs';

/**
 * The name of the last snapshot of what leaves one: `<prefix>-<eight hexadecimal digits>`. AWS refuses to delete what would
 * leave a snapshot whose name is taken, so the next thing of the same name needs another one, and plans in between must
 * not change it. The digits are of an id that Terraform and OpenTofu make up themselves, without a provider, and keep in
 * the state. A first plan does not know them yet.
 *
 * @param replacedBy arguments a change of which replaces the thing itself, by name: what comes then leaves a snapshot too
 */
export function finalSnapshotName(
  scope: Construct,
  prefix: string,
  replacedBy: Readonly<Record<string, string | undefined>>,
): string {
  const life = new DataResource(scope, 'FinalSnapshot', { triggersReplace: replacedBy });
  return `${prefix}-${Fn.substr(life.id, 0, 8)}`;
}
