import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { environments, shared } from '../fixtures/car-retail';
import { estateOf } from '../support/estate';
import { rehearse, type RehearsalResult } from './rehearsal';
import { StandIn } from './stand-in';
import { synthesizeEstate } from './unprotected-estate';

const WORKLOAD = 'beta-us-east-1-workload';
let folder: string;

/** Everything that a run leaves behind: states with their outputs, plans as files and as Terraform shows them. */
async function traces({ stacks }: RehearsalResult): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  for (const [id, stack] of stacks) {
    found.set(`${id} state`, stack.state() ?? '');
    for (const [name, content] of stack.planEntries())
      found.set(`${id} plan ${name}`, content.toString('latin1'));
    found.set(`${id} shown plan`, JSON.stringify(await stack.showPlan()));
  }
  return found;
}

const holding = (found: ReadonlyMap<string, string>, secrets: readonly string[]) =>
  [...found].filter(([, text]) => secrets.some((secret) => text.includes(secret))).map(([where]) => where);

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'secrets-'));
  // an environment with a global database, whose password RDS does not manage
  synthesizeEstate(estateOf({ environments, shared }), ['beta'], folder);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

describe('after an environment with a generated password is applied', () => {
  it('no state, plan or output holds the password', async () => {
    const standIn = await StandIn.start();
    try {
      const result = await rehearse(folder, standIn);
      expect(result.failures).toBe(0);
      expect(standIn.generatedPasswords.length).toBeGreaterThan(0);
      const found = await traces(result);
      expect(found.get(`${WORKLOAD} state`)).toContain('master_password_wo');
      expect(holding(found, standIn.generatedPasswords)).toEqual([]);
    } finally {
      await standIn.stop();
    }
  }, 120_000);

  it('a planted master_password is found in state and plan', async () => {
    const file = join(folder, 'stacks', WORKLOAD, 'cdk.tf.json');
    const text = readFileSync(file, 'utf8');
    const json = JSON.parse(text) as {
      resource: { aws_rds_cluster: Record<string, Record<string, unknown>> };
    };
    const cluster = json.resource.aws_rds_cluster['databases_orders'] ?? {};
    for (const key of ['master_password_wo', 'master_password_wo_version']) delete cluster[key];
    cluster['master_password'] = 'planted-for-this-test';
    writeFileSync(file, JSON.stringify(json));
    const standIn = await StandIn.start();
    try {
      const result = await rehearse(folder, standIn, { only: [WORKLOAD] });
      const where = holding(await traces(result), ['planted-for-this-test']);
      expect(where).toContain(`${WORKLOAD} state`);
      expect(where.some((one) => one.startsWith(`${WORKLOAD} plan`))).toBe(true);
    } finally {
      await standIn.stop();
      writeFileSync(file, text);
    }
  }, 120_000);
});
