import type { Target } from '../terraform/output/command-text';
import { findOrphans } from '../terraform/state/orphans';
import type { Surroundings } from '../terraform/stacks/surroundings';
import { cannotTell, ok, warning, type Finding } from './finding';
import type { HeldStack } from './held-stack';

/** What is in AWS and in no file any more. */
export async function orphanFindings(
  scopeStacks: readonly HeldStack[],
  target: Target,
  { states, scopes }: Pick<Surroundings, 'states' | 'scopes'>,
): Promise<readonly Finding[]> {
  const asked = { target, scopeStacks };
  const { found, unanswered } = await findOrphans(asked, states, await scopes(target));
  if (unanswered.length > 0)
    return [...found.map(warning), cannotTell(`what no file names any more: ${unanswered.join('; ')}`)];
  return found.length > 0 ? found.map(warning) : [ok('every state that holds resources is of a stack')];
}
