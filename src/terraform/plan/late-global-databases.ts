import { RefusedError } from '../../errors';
import type { SynthesizedStack } from '../../synth';
import type { PreparedRun } from '../stacks/prepare-run';
import { entryOf } from '../stacks/setting-of';
import { parseConfig, readConfigText } from '../stacks/stack-config';
import { stateLocation, type StateStore } from '../state/state-store';

const GLOBAL = 'aws_rds_global_cluster';
const CLUSTER = 'aws_rds_cluster';

/**
 * A cluster joins a global database when it is made: afterwards the plan would make an empty one, leave the cluster and its
 * data out of it, and have the other regions follow nothing.
 *
 * @throws RefusedError with what can be done instead
 */
export async function refuseLateGlobalDatabases(
  { stacks }: Pick<PreparedRun, 'stacks'>,
  states: StateStore,
): Promise<void> {
  const lines = await Promise.all(
    stacks.map(async (stack) => {
      const declared = globalDatabasesIn(stack);
      if (declared.length === 0) return [];
      const managed = (await states.read(stateLocation(stack.place)))?.managed ?? new Set<string>();
      const clusters = new Set([...managed].filter((one) => one.startsWith(`${CLUSTER}.`)).map(entryOf));
      return declared
        .filter((address) => !managed.has(address) && clusters.has(entryOf(address)))
        .map((address) => {
          const entry = entryOf(address) ?? 'the database';
          return `${stack.id}: ${entry}.standby must stay as it was when the cluster was made, got one for a cluster without a global database; take it out, or make a new database with it and move the data (docs/changes.md)`;
        });
    }),
  );
  if (lines.flat().length > 0) throw new RefusedError(lines.flat().join('\n'));
}

const globalDatabasesIn = ({ folder }: SynthesizedStack): readonly string[] =>
  Object.keys(parseConfig(readConfigText(folder)).resource?.[GLOBAL] ?? {}).map(
    (name) => `${GLOBAL}.${name}`,
  );
