import { USERS_BY_HAND_OUTPUT, USERS_OUTPUT, type UsersTask } from '../../modules/database/users-image';
import { CommandError, RunError } from '../errors';
import type { SynthesizedStack } from '../synth';
import { makeCommand, type Target } from '../terraform/output/command-text';
import { Progress } from '../terraform/output/progress';
import { parseConfig, readConfigText } from '../terraform/stacks/stack-config';
import { parseState } from '../terraform/state/state-json';
import { stateLocation } from '../terraform/state/state-store';
import type { Surroundings } from '../terraform/stacks/surroundings';
import type { TaskEnd } from './task-runner';

/** Fargate takes up to a minute to start a task, and the program seconds. */
const SECONDS_BETWEEN = 5;
const MINUTES_AT_MOST = 10;

type Stack = Pick<SynthesizedStack, 'id' | 'place' | 'folder'>;
interface DatabaseTask {
  /** For whoever reads along. */
  readonly id: string;
  readonly region: string;
  readonly task: UsersTask;
}

const outputsOf = ({ folder }: Pick<Stack, 'folder'>) => parseConfig(readConfigText(folder)).output ?? {};

/** Whether a stack holds databases that have users. */
export const hasUsers = (stack: Pick<Stack, 'folder'>): boolean =>
  makesUsersHere(stack) || madeByHand(stack).length > 0;

/** Whether a stack holds tasks that make users. */
const makesUsersHere = (stack: Pick<Stack, 'folder'>): boolean => USERS_OUTPUT in outputsOf(stack);

/** Databases that stood already, or write in another region: nothing here knows their masters. */
const madeByHand = (stack: Pick<Stack, 'folder'>): readonly string[] =>
  (outputsOf(stack)[USERS_BY_HAND_OUTPUT]?.value ?? []) as readonly string[];

/**
 * Runs the task of each database of these stacks, all at once, and waits for their ends.
 *
 * @throws RunError if a stack has not been applied yet, or a task fails or takes too long
 */
export async function makeUsers(
  stacks: readonly Stack[],
  target: Target,
  outside: Pick<Surroundings, 'states' | 'tasks' | 'pause' | 'reporter'>,
): Promise<void> {
  for (const database of stacks.flatMap(madeByHand))
    outside.reporter.line(
      `users of ${database} are made by hand: it stood already, or writes in another region; docs/operations.md says how`,
    );
  const tasks = (
    await Promise.all(stacks.filter(makesUsersHere).map((stack) => tasksOf(stack, target, outside)))
  ).flat();
  const progress = new Progress(outside.reporter, tasks);
  const failed: string[] = [];
  await Promise.all(
    tasks.map(async (one) => {
      progress.start(one.id);
      const { text, lines } = await runOne(one, outside);
      progress.end(one.id, text ?? 'as declared', lines);
      if (text !== undefined) failed.push(one.id);
    }),
  );
  if (failed.length > 0)
    throw new RunError(
      `${failed.sort().join(', ')} must be made before services can sign in, and are not, see above; correct that, then run ${makeCommand('users', target)}`,
    );
}

async function tasksOf(
  { id, place }: Stack,
  target: Target,
  { states }: Pick<Surroundings, 'states'>,
): Promise<readonly DatabaseTask[]> {
  const state = parseState((await states.text(stateLocation(place))) ?? '{}');
  const output = state.outputs?.[USERS_OUTPUT] as
    { readonly value: Readonly<Record<string, UsersTask>> } | undefined;
  if (output === undefined)
    throw new RunError(
      `${id} must be applied before it can make users, got none of its tasks in the state; run ${makeCommand('plan', target)} and ${makeCommand('apply', target)}`,
    );
  return Object.entries(output.value).map(([database, task]) => ({
    id: `users of ${database}`,
    region: place.region,
    task,
  }));
}

/** @returns what has gone wrong, if anything has, and what the program has said */
async function runOne(
  { region, task }: DatabaseTask,
  { tasks, pause }: Pick<Surroundings, 'tasks' | 'pause'>,
): Promise<{ text?: string; lines: readonly string[] }> {
  try {
    const arn = await tasks.start(region, task);
    const end = await waitFor(() => tasks.end(region, task, arn), pause);
    if (end === undefined) await tasks.stop(region, task, arn);
    const lines = await tasks.log(region, task, arn).catch(messageOf);
    if (end === undefined)
      return { text: `not made within ${MINUTES_AT_MOST} minutes: the task was stopped, ${arn}`, lines };
    return end.exitCode === 0 ? { lines } : { text: endText(end), lines };
  } catch (error) {
    return { text: 'not made', lines: messageOf(error) };
  }
}

const endText = ({ exitCode, reason }: TaskEnd) =>
  exitCode === undefined
    ? `not made: the task did not start: ${reason}`
    : `not made: the program ended with ${exitCode}`;

async function waitFor<T>(
  ask: () => Promise<T | undefined>,
  pause: Surroundings['pause'],
): Promise<T | undefined> {
  for (let seconds = 0; seconds < MINUTES_AT_MOST * 60; seconds += SECONDS_BETWEEN) {
    const answer = await ask();
    if (answer !== undefined) return answer;
    await pause(SECONDS_BETWEEN);
  }
  return undefined;
}

/** Lines of what can be said of a failure; a mistake in the program is none. */
function messageOf(error: unknown): readonly string[] {
  if (error instanceof CommandError) return error.message.split('\n');
  throw error;
}
