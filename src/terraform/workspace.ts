import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { RunError } from '../errors';
import type { PlanSummary } from './plan-summary';
import { CONFIG_FILE } from './stack-config';
import type { Waiting } from './waiting';
import type { WorkFolder } from './work-folder';

/** What became of a stack in the last plan, or since. Nothing is kept of a plan or an apply that failed. */
export type PlanRecord =
  | { readonly outcome: 'planned'; readonly config: string; readonly summary: PlanSummary }
  | { readonly outcome: 'unchanged' | 'applied'; readonly config: string }
  | { readonly outcome: 'waiting'; readonly waiting: readonly Waiting[] };

/** While it is being made, so that a plan file with its own name is always whole. */
export const NEW_PLAN = 'tfplan.new';
const SAVED_PLAN = 'tfplan';
const USED_PLAN = 'tfplan.used';
const RECORD = 'plan.json';
const LOCAL_STATE = 'terraform.tfstate';
const LOGS_KEPT = 50;

/** The folder in which Terraform works on one stack. */
export class Workspace {
  readonly dataFolder: string;

  constructor(
    readonly work: WorkFolder,
    readonly id: string,
    readonly folder: string,
  ) {
    this.dataFolder = join(folder, '.terraform');
  }

  /** Makes the folder hold this configuration, and a lock file that fits it. */
  prepare(config: string): void {
    this.write(CONFIG_FILE, config);
    rmSync(this.providerLockFile, { force: true });
    this.work.providerLock(config).lend(this.providerLockFile);
  }

  get providerLockFile(): string {
    return join(this.folder, '.terraform.lock.hcl');
  }

  /** Forgets what was planned. The plan goes first: one without a record is no plan. */
  forget(): void {
    for (const file of [SAVED_PLAN, NEW_PLAN, USED_PLAN, RECORD])
      rmSync(join(this.folder, file), { force: true });
  }

  record(record: PlanRecord): void {
    this.write(RECORD, JSON.stringify(record, undefined, 2));
  }

  /** Saves the plan that Terraform has just made. */
  savePlan(config: string, summary: PlanSummary): void {
    const plan = join(this.folder, NEW_PLAN);
    chmodSync(plan, 0o600);
    this.record({ outcome: 'planned', config: configHash(config), summary });
    renameSync(plan, join(this.folder, SAVED_PLAN));
  }

  /** What the last plan made of this stack; nothing if it was not planned, or a run was killed since. */
  planned(): PlanRecord | undefined {
    const file = join(this.folder, RECORD);
    if (!existsSync(file)) return undefined;
    const record = JSON.parse(readFileSync(file, 'utf8')) as PlanRecord;
    return record.outcome === 'planned' && !existsSync(join(this.folder, SAVED_PLAN)) ? undefined : record;
  }

  /** A plan is used once, whatever becomes of it. */
  takePlan(): string {
    renameSync(join(this.folder, SAVED_PLAN), join(this.folder, USED_PLAN));
    return USED_PLAN;
  }

  /** A state beside the configuration; nothing if there is none, or it holds nothing. */
  localState(): string | undefined {
    const file = join(this.folder, LOCAL_STATE);
    const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
    return text.trim() === '' ? undefined : text;
  }

  /** Once it is in its bucket, a state beside the configuration would only mislead. It is kept under another name. */
  retireLocalState(): void {
    for (const [file, kept] of [
      [LOCAL_STATE, 'migrated.tfstate'],
      [`${LOCAL_STATE}.backup`, 'migrated.tfstate.backup'],
    ] as const)
      if (existsSync(join(this.folder, file))) renameSync(join(this.folder, file), join(this.folder, kept));
  }

  openLog(command: string): { readonly file: string; readonly descriptor: number } {
    try {
      const folder = this.work.logs(this.id);
      const old = readdirSync(folder).sort();
      for (const name of old.slice(0, Math.max(0, old.length + 1 - LOGS_KEPT))) rmSync(join(folder, name));
      const file = join(folder, `${new Date().toISOString().replaceAll(':', '-')}-${command}.log`);
      return { file, descriptor: openSync(file, 'ax', 0o600) };
    } catch (error) {
      throw new RunError(`${this.id}: its log must be writable, got ${(error as Error).message}; make room`);
    }
  }

  /** Written beside and renamed, so that a run that is killed leaves the old file or the new one. */
  private write(name: string, content: string): void {
    const draft = join(this.folder, `${name}.${process.pid}.new`);
    writeFileSync(draft, content, { mode: 0o600 });
    renameSync(draft, join(this.folder, name));
  }
}

export const configHash = (config: string) => createHash('sha256').update(config).digest('hex');
