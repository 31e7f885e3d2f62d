import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { createServer, request, type Server } from 'node:http';
import {
  connect,
  createServer as createTcpServer,
  type AddressInfo,
  type Server as TcpServer,
} from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { proxyConfig } from '../../modules/egress/proxy-config';
import { PROXY_CONFIG_VARIABLE, PROXY_PORT } from '../../modules/egress/proxy-image';

const NAMES = {
  https: ['api.example.com', '*.example.org', 'deep.example.org'],
  http: ['plain.example.com'],
};
const HOSTS = 'api.example.com a.example.org plain.example.com other.example.net'.split(' ');
const SCRIPT = join(__dirname, '../../modules/egress/proxy-image/start.sh');

let web: Server;
let tunnelled: TcpServer;
beforeAll(async () => {
  web = createServer((asked, answer) => answer.end(`for ${String(asked.headers['x-forwarded-for'])}`));
  tunnelled = createTcpServer((socket) => socket.end('through'));
  await Promise.all(
    [web, tunnelled].map((one) => new Promise<void>((done) => one.listen(0, '127.0.0.1', done))),
  );
});
afterAll(() => {
  web.close();
  tunnelled.close();
});

const portOf = (server: Server | TcpServer) => (server.address() as AddressInfo).port;

/** Squid as the image starts it, with all names at 127.0.0.1. What it says comes back when it ends. */
class Proxy {
  private said = '';

  private constructor(
    private readonly process: ChildProcess,
    readonly port: number,
  ) {
    for (const stream of [process.stdout, process.stderr])
      stream?.on('data', (data: Buffer) => (this.said += data.toString()));
  }

  /** @param change of its settings: servers of the test have other ports, and private addresses */
  static async start(change: (config: string) => string): Promise<Proxy> {
    const hosts = join(mkdtempSync(join(tmpdir(), 'proxy-')), 'hosts');
    writeFileSync(hosts, HOSTS.map((name) => `127.0.0.1 ${name}\n`).join(''));
    const port = await freePort();
    const config = replaced(proxyConfig(NAMES), `http_port ${PROXY_PORT}`, `http_port 127.0.0.1:${port}`);
    // a pipe of its own user, as a container has: Squid opens its output by name
    const child = spawn('sh', ['-c', `sh ${SCRIPT} 2>&1 | cat`], {
      cwd: tmpdir(),
      env: { ...process.env, [PROXY_CONFIG_VARIABLE]: `${change(config)}\nhosts_file ${hosts}` },
      stdio: ['ignore', 'pipe', 'pipe'],
      ...(process.getuid?.() === 0 && { uid: 13, gid: 13 }),
      detached: true,
    });
    execFileSync('chmod', ['-R', 'a+rX', join(hosts, '..')]);
    const proxy = new Proxy(child, port);
    await proxy.until('Accepting HTTP Socket connections');
    return proxy;
  }

  /** @returns status of the answer to CONNECT, and what came through */
  connect(target: string): Promise<string> {
    return new Promise((done, fail) => {
      const socket = connect(this.port, '127.0.0.1', () =>
        socket.write(`CONNECT ${target} HTTP/1.1\r\n\r\n`),
      );
      let answer = '';
      socket.on('data', (data) => {
        answer += data.toString();
        // a refusal leaves the connection open for another request
        if (answer.includes('\r\n\r\n') && !answer.startsWith('HTTP/1.1 200')) socket.destroy();
      });
      socket.on('error', fail);
      socket.on('close', () => {
        done(`${answer.split(' ')[1] ?? ''}${answer.endsWith('through') ? ' through' : ''}`);
      });
    });
  }

  get(url: string): Promise<string> {
    return new Promise((done, fail) => {
      request({ host: '127.0.0.1', port: this.port, path: url }, (answer) => {
        let body = '';
        answer.on('data', (data: Buffer) => (body += data.toString()));
        answer.on('end', () => done(answer.statusCode === 200 ? `200 ${body}` : String(answer.statusCode)));
      })
        .on('error', fail)
        .end();
    });
  }

  /** Its log, one line for each request. */
  async log(lines: number): Promise<Record<string, unknown>[]> {
    await this.until('"result"', lines);
    return this.said
      .split('\n')
      .filter((line) => line.startsWith('{'))
      .map((line) => JSON.parse(line) as Record<string, unknown>);
  }

  stop(): void {
    if (this.process.pid !== undefined) process.kill(-this.process.pid, 'SIGKILL');
  }

  private async until(text: string, times = 1): Promise<void> {
    for (let tries = 0; this.said.split(text).length <= times; tries++) {
      if (tries > 200) throw new Error(`Squid did not say "${text}" ${times} times:\n${this.said}`);
      await new Promise((done) => setTimeout(done, 50));
    }
  }
}

function replaced(config: string, part: string, by: string): string {
  if (!config.includes(part)) throw new Error(`no "${part}" in\n${config}`);
  return config.replace(part, by);
}

async function freePort(): Promise<number> {
  const server = createTcpServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const port = portOf(server);
  await new Promise((done) => server.close(done));
  return port;
}

/** The servers of the test stand where the internet would. */
const near = (config: string) =>
  replaced(
    replaced(
      replaced(config, ' 127.0.0.0/8', ''),
      'acl https_port port 443',
      `acl https_port port ${portOf(tunnelled)}`,
    ),
    'acl http_port port 80',
    `acl http_port port ${portOf(web)}`,
  );

describe('A26: the proxy of a service', () => {
  let proxy: Proxy;
  beforeAll(async () => {
    proxy = await Proxy.start(near);
  });
  afterAll(() => proxy.stop());

  test('lets declared names through, and names below a declared domain', async () => {
    expect(await proxy.connect(`api.example.com:${portOf(tunnelled)}`)).toBe('200 through');
    expect(await proxy.connect(`a.example.org:${portOf(tunnelled)}`)).toBe('200 through');
  });

  test.each([
    ['another name', () => `other.example.net:${portOf(tunnelled)}`],
    ['a name below one that is declared alone', () => `below.api.example.com:${portOf(tunnelled)}`],
    ['an address', () => `127.0.0.1:${portOf(tunnelled)}`],
    ['another port of a declared name', () => `api.example.com:${portOf(web)}`],
    ['a name for plain HTTP alone', () => `plain.example.com:${portOf(tunnelled)}`],
  ])('refuses a tunnel to %s', async (_what, target) => {
    expect(await proxy.connect(target())).toBe('403');
  });

  test('passes plain HTTP to names that are declared for it, and tells them nothing of who asks', async () => {
    expect(await proxy.get(`http://plain.example.com:${portOf(web)}/`)).toBe('200 for undefined');
    expect(await proxy.get(`http://api.example.com:${portOf(web)}/`)).toBe('403');
    expect(await proxy.get(`http://127.0.0.1:${portOf(web)}/`)).toBe('403');
  });

  test('writes one object for each request, and none for a check of its port', async () => {
    const own = await Proxy.start(near);
    await new Promise<void>((done) => {
      const socket = connect(own.port, '127.0.0.1', () => socket.end());
      socket.on('close', () => done()).resume();
    });
    await own.connect('evil.example.net:443');
    await own.get(`http://plain.example.com:${portOf(web)}/path?token=secret`);
    const lines = await own.log(2);
    own.stop();
    expect(lines).toMatchObject([
      { method: 'CONNECT', target: 'evil.example.net:443', status: 403, result: 'TCP_DENIED' },
      { method: 'GET', target: `http://plain.example.com:${portOf(web)}/path?`, status: 200 },
    ]);
    expect(lines[0]?.['time']).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  });

  test('leads nowhere inside, whatever a declared name resolves to', async () => {
    const strict = await Proxy.start((config) =>
      replaced(config, 'acl https_port port 443', `acl https_port port ${portOf(tunnelled)}`),
    );
    const answer = await strict.connect(`api.example.com:${portOf(tunnelled)}`);
    strict.stop();
    expect(answer).toBe('403');
  });
});
