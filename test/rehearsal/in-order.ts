export interface Task {
  readonly id: string;
  readonly after: readonly string[];
}

/**
 * Runs every task after those that it names, and independent ones side by side. A task whose predecessor failed
 * does not run: it counts as failed itself and is given to `skip`.
 */
export async function runInOrder(
  tasks: readonly Task[],
  jobs: number,
  run: (id: string) => Promise<boolean>,
  skip: (id: string, failed: string) => void,
): Promise<void> {
  const waiting = new Map(tasks.map((task) => [task.id, task]));
  const outcomes = new Map<string, boolean>();
  const running = new Map<string, Promise<void>>();

  const start = (id: string): void => {
    waiting.delete(id);
    const work = run(id).then((succeeded) => {
      outcomes.set(id, succeeded);
      running.delete(id);
    });
    running.set(id, work);
  };

  while (waiting.size > 0 || running.size > 0) {
    for (const task of [...waiting.values()]) {
      const failed = task.after.find((id) => outcomes.get(id) === false);
      if (failed !== undefined) {
        waiting.delete(task.id);
        outcomes.set(task.id, false);
        skip(task.id, failed);
      } else if (running.size < jobs && task.after.every((id) => outcomes.has(id))) start(task.id);
    }
    if (running.size > 0) await Promise.race(running.values());
    else if (waiting.size > 0 && ![...waiting.values()].some((task) => isReady(task, outcomes))) {
      throw new Error(`tasks wait for each other: ${[...waiting.keys()].join(', ')}`);
    }
  }
}

function isReady(task: Task, outcomes: ReadonlyMap<string, boolean>): boolean {
  return task.after.every((id) => outcomes.has(id));
}
