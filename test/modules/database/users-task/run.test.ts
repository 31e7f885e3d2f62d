import { createServer } from 'node:net';
import { parsePlan } from '../../../../modules/database/users-task/plan';
import { run } from '../../../../modules/database/users-task/run';

const plan = {
  database: 'orders',
  host: '127.0.0.1',
  port: 3306,
  schema: 'shop',
  users: { inventory: 'read' },
};

async function said(env: Record<string, string>): Promise<{ code: number; lines: string[] }> {
  const lines: string[] = [];
  const code = await run({ env, say: (line) => lines.push(line), secondsBetween: 0 });
  return { code, lines };
}

describe('what the program is told to do', () => {
  test('is taken as it is', () => {
    expect(parsePlan(JSON.stringify(plan))).toEqual(plan);
  });

  test.each([
    [{ ...plan, schema: undefined }, /must hold database, host, port, schema and users/],
    [
      { ...plan, users: { inventory: 'all' } },
      /access of inventory must be one of read, read-write, owner, got "all"/,
    ],
    [{ ...plan, users: { ['x'.repeat(33)]: 'read' } }, /must have 1 to 32 characters, got 33/],
  ])('is refused where it is something else: %#', (wrong, message) => {
    expect(() => parsePlan(JSON.stringify(wrong))).toThrow(message);
  });
});

describe('the program', () => {
  test('says what is missing', async () => {
    expect(await said({})).toEqual({
      code: 1,
      lines: ['error: USERS_PLAN must be set, got nothing; run this by its task definition'],
    });
    expect(await said({ USERS_PLAN: JSON.stringify(plan), MASTER_USERNAME: 'admin' })).toEqual({
      code: 1,
      lines: ['error: MASTER_PASSWORD must be set, got nothing; run this by its task definition'],
    });
  });

  test('tries again where nobody listens, then says so, and never the password', async () => {
    const port = await freePort();
    const { code, lines } = await said({
      USERS_PLAN: JSON.stringify({ ...plan, port }),
      MASTER_USERNAME: 'admin',
      MASTER_PASSWORD: 'correct horse',
    });
    expect(code).toBe(1);
    expect(lines).toEqual([`error: connect ECONNREFUSED 127.0.0.1:${port}`]);
  });
});

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}
