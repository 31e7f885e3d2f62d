import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir, userInfo } from 'node:os';
import { join } from 'node:path';
import { createConnection } from 'mysql2/promise';
import type { Accounts } from '../../modules/database/users-task/accounts';

export const MASTER = { user: 'admin', password: 'of-the-master' };
export const USER_PASSWORD = 'of-a-user';
const MARK = 4242;

/**
 * What MariaDB does not have in common with Aurora: neither its plugin nor attributes. Passwords stand for tokens, and a
 * limit of connections that nobody reaches for the mark; everything else is as in production.
 */
export const MARIADB_ACCOUNTS: Accounts = {
  authentication: `IDENTIFIED BY '${USER_PASSWORD}'`,
  mark: `WITH MAX_USER_CONNECTIONS ${MARK}`,
  adopt: (account) => `ALTER USER ${account} WITH MAX_USER_CONNECTIONS ${MARK}`,
  async all(database) {
    const users = await database.query(
      "SELECT User AS name, ssl_type AS tls, max_user_connections AS mark FROM mysql.user WHERE Host = '%'",
    );
    return users.map(({ name, tls, mark }) => ({
      name: String(name),
      isOurs: Number(mark) === MARK,
      signsInRight: tls === 'ANY',
    }));
  },
};

/** A MariaDB of its own, on a free port of this machine, that takes TLS. */
export class MariaDb {
  private constructor(
    private readonly folder: string,
    private readonly server: ChildProcess,
    readonly port: number,
    /** The authority that has signed its certificate. */
    readonly authority: string,
  ) {}

  /** @param host whom its certificate is for */
  static async start(host = 'localhost'): Promise<MariaDb> {
    const folder = mkdtempSync(join(tmpdir(), 'mariadb-'));
    const data = join(folder, 'data');
    mkdirSync(data);
    const user = userInfo().username;
    const config = join(folder, 'my.cnf');
    makeCertificates(folder, host);
    const port = await freePort();
    writeFileSync(
      config,
      [
        '[mariadbd]',
        `datadir=${data}`,
        `socket=${join(folder, 'socket')}`,
        `pid-file=${join(folder, 'pid')}`,
        `port=${port}`,
        'bind-address=127.0.0.1',
        'skip-name-resolve',
        `user=${user}`,
        `ssl-ca=${join(folder, 'ca.pem')}`,
        `ssl-cert=${join(folder, 'server.pem')}`,
        `ssl-key=${join(folder, 'server-key.pem')}`,
        'innodb-buffer-pool-size=16M',
      ].join('\n'),
    );
    execFileSync('mariadb-install-db', [
      `--defaults-file=${config}`,
      `--datadir=${data}`,
      `--user=${user}`,
      '--auth-root-authentication-method=normal',
      '--skip-test-db',
    ]);
    const init = join(folder, 'init.sql');
    writeFileSync(
      init,
      `CREATE USER '${MASTER.user}'@'%' IDENTIFIED BY '${MASTER.password}' REQUIRE SSL;\nGRANT ALL PRIVILEGES ON *.* TO '${MASTER.user}'@'%' WITH GRANT OPTION;\n`,
    );
    const server = spawn('mariadbd', [`--defaults-file=${config}`, `--init-file=${init}`], {
      stdio: 'ignore',
    });
    const authority = readFileSync(join(folder, 'ca.pem'), 'utf8');
    const started = new MariaDb(folder, server, port, authority);
    await started.ready();
    return started;
  }

  /** Runs a statement as somebody, with TLS unless told otherwise. */
  async as(
    { user, password }: { readonly user: string; readonly password: string },
    statement: string,
    tls = true,
  ): Promise<Record<string, unknown>[]> {
    const connection = await createConnection({
      host: 'localhost',
      port: this.port,
      user,
      password,
      ...(tls && { ssl: { ca: this.authority } }),
    });
    try {
      const [rows] = await connection.query(statement);
      return Array.isArray(rows) ? (rows as Record<string, unknown>[]) : [];
    } finally {
      await connection.end();
    }
  }

  async stop(): Promise<void> {
    const ended = new Promise((resolve) => this.server.once('exit', resolve));
    this.server.kill();
    await ended;
    rmSync(this.folder, { recursive: true, force: true });
  }

  private async ready(): Promise<void> {
    for (let left = 120; ; left -= 1) {
      try {
        await this.as(MASTER, 'SELECT 1');
        return;
      } catch (error) {
        if (left === 0 || this.server.exitCode !== null) throw error;
        await new Promise((resolve) => setTimeout(resolve, 500));
      }
    }
  }
}

function makeCertificates(folder: string, host: string): void {
  const openssl = (...args: string[]) => execFileSync('openssl', args, { cwd: folder, stdio: 'ignore' });
  const key = ['-newkey', 'rsa:2048', '-nodes', '-days', '1'];
  openssl(
    'req',
    '-x509',
    ...key,
    '-keyout',
    'ca-key.pem',
    '-out',
    'ca.pem',
    '-subj',
    '/CN=authority of a test',
  );
  writeFileSync(join(folder, 'names.cnf'), `subjectAltName=DNS:${host}\n`);
  openssl('req', ...key, '-keyout', 'server-key.pem', '-out', 'server.csr', '-subj', `/CN=${host}`);
  openssl(
    ...['x509', '-req', '-in', 'server.csr', '-CA', 'ca.pem', '-CAkey', 'ca-key.pem', '-CAcreateserial'],
    ...['-days', '1', '-extfile', 'names.cnf', '-out', 'server.pem'],
  );
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
