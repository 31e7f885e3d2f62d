import type { UsersTask } from '../../modules/database/users-image';

/** How a task has ended. */
export interface TaskEnd {
  /** Of the program; nothing if it never ran. */
  readonly exitCode: number | undefined;
  /** Why it was stopped, in the words of ECS. */
  readonly reason: string;
}

/** Runs tasks that end by themselves. */
export interface TaskRunner {
  /** @returns the ARN of the task */
  start(region: string, task: UsersTask): Promise<string>;
  /** Nothing while it runs. */
  end(region: string, task: UsersTask, arn: string): Promise<TaskEnd | undefined>;
  stop(region: string, task: UsersTask, arn: string): Promise<void>;
  /** What the program has said, the last lines of it. */
  log(region: string, task: UsersTask, arn: string): Promise<readonly string[]>;
}
