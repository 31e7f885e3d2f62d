import { DATABASE_ACCESS, type DatabaseAccess } from '../database-access';

/** Who is to have which rights in one database; written by Terraform, read by the program. It holds no secret. */
export interface UsersPlan {
  /** Name of the database, for messages. */
  readonly database: string;
  /** Where it writes. */
  readonly host: string;
  readonly port: number;
  /** The schema in which the rights are; made if it is not there. */
  readonly schema: string;
  /** What each user may do, by its name. */
  readonly users: Readonly<Record<string, DatabaseAccess>>;
}

/** The variables of the container. */
export const PLAN_VARIABLE = 'USERS_PLAN';
export const MASTER_VARIABLES = { username: 'MASTER_USERNAME', password: 'MASTER_PASSWORD' } as const;

/** https://dev.mysql.com/doc/refman/8.0/en/identifier-length.html */
const LONGEST_USER = 32;

/** @throws Error if it is none, or asks for something that this release of the program does not know */
export function parsePlan(text: string): UsersPlan {
  const plan = JSON.parse(text) as Partial<UsersPlan>;
  const { database, host, port, schema, users } = plan;
  if (!database || !host || !schema || typeof port !== 'number' || typeof users !== 'object')
    throw new Error(
      `${PLAN_VARIABLE} must hold database, host, port, schema and users; run the image that fits the stack`,
    );
  for (const [name, access] of Object.entries(users)) {
    if (name === '' || name.length > LONGEST_USER)
      throw new Error(
        `user "${name}" must have 1 to ${LONGEST_USER} characters, got ${name.length}; rename the service`,
      );
    if (!DATABASE_ACCESS.includes(access))
      throw new Error(
        `access of ${name} must be one of ${DATABASE_ACCESS.join(', ')}, got "${String(access)}"; release an image that knows it`,
      );
  }
  return { database, host, port, schema, users };
}
