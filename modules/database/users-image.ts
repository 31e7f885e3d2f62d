/**
 * Repository of the image that makes database users, and the name under which its release is written; built from
 * users-task beside this file.
 */
export const USERS_IMAGE = 'database-users';

/** Name of the one container of the task, and a part of the names of its log streams. */
export const USERS_CONTAINER = 'users';

/** Output of a stack with the tasks that make users, by database. */
export const USERS_OUTPUT = 'database-users';

/** Output of a stack with the databases whose users are made by hand, if there are any. */
export const USERS_BY_HAND_OUTPUT = 'database-users-by-hand';

/** All that it takes to run such a task. */
export interface UsersTask {
  /** ARN, with the revision. */
  readonly taskDefinition: string;
  /** Name of the ECS cluster. */
  readonly cluster: string;
  readonly subnets: readonly string[];
  readonly securityGroup: string;
  readonly logGroup: string;
}
