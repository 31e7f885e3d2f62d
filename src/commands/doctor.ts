import { RunError } from '../errors';
import { chatFindings } from '../doctor/chats';
import { findingLines, cannotTell, type Finding } from '../doctor/finding';
import { heldStack, type HeldStack } from '../doctor/held-stack';
import { identityFindings } from '../doctor/identity';
import { imageFindings, parameterFindings } from '../doctor/images';
import { linkedRoleFindings } from '../doctor/linked-roles';
import { quotaFindings } from '../doctor/quotas';
import { orphanFindings } from '../doctor/orphans';
import { bucketFindings } from '../doctor/state-buckets';
import { toolFindings } from '../doctor/tools';
import { zoneFindings } from '../doctor/zones';
import { makeCommand, type Target } from '../terraform/output/command-text';
import { mustHaveLock, type RunOptions } from '../terraform/stacks/prepare-run';
import { surroundings, type Surroundings } from '../terraform/stacks/surroundings';
import { WorkFolder } from '../terraform/binary/work-folder';

/**
 * Says what must be true before a first plan, a line each, and changes nothing.
 *
 * @throws RunError if anything is at fault; what cannot be told is not
 */
export async function runDoctor(
  { scope, example }: Pick<RunOptions, 'scope' | 'example'>,
  outside: Surroundings = surroundings(),
): Promise<void> {
  const target = { scope, example };
  const { stacks: synthesized, warnings } = await outside.synthesize({
    example,
    scopes: [scope],
    out: new WorkFolder(outside.workFolder).synthesized(scope),
  });
  for (const text of warnings) outside.reporter.warn(text);
  const stacks = synthesized.map(heldStack);
  const faults: Finding[] = [];
  const say = (findings: readonly Finding[]) => {
    for (const line of findings.flatMap(findingLines)) outside.reporter.line(line);
    faults.push(...findings.filter(({ state }) => state === 'fault'));
  };
  const configs = stacks.map(({ text }) => text);
  say(await toolFindings(configs, await mustHaveLock(target, outside), outside));
  const [first] = stacks;
  // all stacks of a scope are in one account
  if (first) {
    const identity = await identityFindings(outside.callerIdentity, first.place);
    say(identity);
    say(
      identity.some(({ state }) => state === 'fault')
        ? [
            cannotTell(
              'state buckets, zone, service-linked roles, parameters, images, quotas: correct the credentials first',
            ),
          ]
        : await accountFindings(stacks, target, outside),
    );
  }
  if (faults.length === 0)
    return outside.reporter.line(`nothing is at fault: ${makeCommand('plan', target)}`);
  throw new RunError(
    `${scope} must be ready for a plan, got ${faults.length} ${faults.length === 1 ? 'fault' : 'faults'}, see above; correct them, then run ${makeCommand('doctor', target)} again`,
  );
}

async function accountFindings(
  stacks: readonly HeldStack[],
  target: Target,
  outside: Surroundings,
): Promise<readonly Finding[]> {
  const { states, parameters } = outside;
  const found = await Promise.all([
    bucketFindings(stacks, states, target),
    orphanFindings(stacks, target, outside),
    zoneFindings(stacks, outside.zones, outside.publicNames),
    linkedRoleFindings(stacks, outside.linkedRoles),
    chatFindings(stacks, states),
    parameterFindings(stacks, parameters, target),
    imageFindings(stacks, parameters, outside.images),
    quotaFindings(stacks, outside.quotas, states),
  ]);
  return found.flat();
}
