import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { RefusedError, RunError } from '../../errors';
import { seal, unseal } from '../plan/plan-cipher';
import type { PlanSummary } from '../plan/plan-summary';
import { readLockFile } from './provider-lock';
import { isExpired, type Provenance, type StateStamp } from '../plan/provenance';
import { CONFIG_FILE } from '../stacks/stack-config';
import type { Waiting } from '../stacks/waiting';
import type { WorkFolder } from './work-folder';

/** What became of a stack in the last plan, or since. Nothing is kept of a plan or an apply that failed. */
export type PlanRecord =
  | PlannedRecord
  | UnchangedRecord
  /** With the state that the apply has left, if it could be read. */
  | { readonly outcome: 'applied'; readonly config: string; readonly state?: StateStamp }
  | { readonly outcome: 'waiting'; readonly waiting: readonly Waiting[] };

export interface UnchangedRecord {
  readonly outcome: 'unchanged';
  readonly config: string;
  /** Whether nothing was left to destroy, and so nothing is said of the settings. @default false */
  readonly destroys?: boolean;
}

export interface PlannedRecord {
  readonly outcome: 'planned';
  /** Digest of the configuration. */
  readonly config: string;
  readonly summary: PlanSummary;
  /** Nothing where the same run applies the plan. */
  readonly madeFrom?: Provenance;
  /** Whether it destroys the whole stack, and so is no plan of the settings. @default false */
  readonly destroys?: boolean;
}

/** What a workspace holds of a plan. */
export interface SavedRecord {
  readonly record: PlanRecord;
  /** Of the record and the plan file: by it, what is taken later is known to be what was looked at. */
  readonly digest: string;
}

/** While it is being made, so that a plan file with its own name is always whole. */
export const NEW_PLAN = 'tfplan.new';
const SAVED_PLAN = 'tfplan';
const USED_PLAN = 'tfplan.used';
const RECORD = 'plan.json';
/** What `write` has begun and not ended. */
const DRAFT = /\.\d+\.draft$/;
const LOCAL_STATE = 'terraform.tfstate';
const INITIALIZED = 'aws-environments.initialized';
const LOGS_KEPT = 50;
export const PROVIDER_LOCK = '.terraform.lock.hcl';

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

  /** Makes the folder hold this configuration, and this lock file or none. */
  prepare(config: string, lock: string | undefined): void {
    this.write(CONFIG_FILE, config);
    if (lock === undefined) rmSync(this.providerLockFile, { force: true });
    else this.write(PROVIDER_LOCK, lock);
    rmSync(join(this.dataFolder, INITIALIZED), { force: true });
  }

  /**
   * Remembers that Terraform is initialized here, for as long as its data folder stands.
   *
   * @param mirror where its providers are @default it has installed none
   */
  initialized(config: string, binary: string, mirror = ''): void {
    mkdirSync(this.dataFolder, { recursive: true });
    writeFileSync(join(this.dataFolder, INITIALIZED), `${this.initializedFor(config, binary)} ${mirror}`);
  }

  isInitialized(config: string, binary: string): boolean {
    const file = join(this.dataFolder, INITIALIZED);
    const text = existsSync(file) ? readFileSync(file, 'utf8') : '';
    const [digest, mirror] = text.split(/ (.*)/s, 2);
    return digest === this.initializedFor(config, binary) && (mirror === '' || existsSync(mirror ?? ''));
  }

  /** The lock file counts too: one that was brought with a plan may name other providers than are installed here. */
  private initializedFor(config: string, binary: string): string {
    return configHash(JSON.stringify([config, binary, this.providerLock() ?? '']));
  }

  get providerLockFile(): string {
    return join(this.folder, PROVIDER_LOCK);
  }

  /** What the lock file holds that lies here, such as the one that came with a plan. */
  providerLock(): string | undefined {
    return readLockFile(this.providerLockFile);
  }

  /** Forgets what was planned. The plan goes first: one without a record is no plan. */
  forget(): void {
    for (const file of [SAVED_PLAN, NEW_PLAN, USED_PLAN, RECORD])
      rmSync(join(this.folder, file), { force: true });
  }

  /**
   * What a killed run has left: plans in clear, also where saved ones are encrypted. Only for who holds the lock of the
   * scope.
   */
  removeLeftovers(): void {
    for (const name of readdirSync(this.folder))
      if (name === USED_PLAN || name === NEW_PLAN || DRAFT.test(name)) rmSync(join(this.folder, name));
  }

  /** For a plan that was only looked at. */
  dropNewPlan(): void {
    rmSync(join(this.folder, NEW_PLAN), { force: true });
  }

  record(record: PlanRecord): void {
    this.write(RECORD, JSON.stringify(record, undefined, 2));
  }

  /** Saves the plan that Terraform has just made. @returns the digest by which it can be taken */
  savePlan(config: string, made: Omit<PlannedRecord, 'outcome' | 'config'>): string {
    const plan = join(this.folder, NEW_PLAN);
    chmodSync(plan, 0o600);
    this.record({ outcome: 'planned', config: configHash(config), ...made });
    const { planKey } = this.work;
    if (planKey) this.write(NEW_PLAN, seal(readFileSync(plan), planKey, this.belongsTo(this.recordText())));
    const digest = planDigest(this.recordText(), readFileSync(plan));
    renameSync(plan, join(this.folder, SAVED_PLAN));
    return digest;
  }

  /** What the last plan made of this stack; nothing if it was not planned, or a run was killed since. */
  planned(): SavedRecord | undefined {
    const text = this.recordText();
    if (text === '') return undefined;
    const plan = this.savedPlan();
    const record = JSON.parse(text) as PlanRecord;
    return record.outcome === 'planned' && !plan ? undefined : { record, digest: planDigest(text, plan) };
  }

  /**
   * A plan is used once, whatever becomes of it.
   *
   * @param digest of what was checked: the lock of a scope does not keep out who copies plans, or works elsewhere
   * @throws RefusedError if another plan lies there now, or it was encrypted with another key
   */
  takePlan(digest: string): string {
    const record = this.recordText();
    const saved = this.savedPlan();
    if (!saved || planDigest(record, saved) !== digest) {
      throw new RefusedError(
        `${this.id}: the saved plan must be the one that was checked, got ${saved ? 'another one' : 'none'}; plan again, and let one run at a time work on it`,
      );
    }
    const plan = unseal(saved, this.work.planKey, this.belongsTo(record), this.id);
    this.write(USED_PLAN, plan);
    rmSync(join(this.folder, SAVED_PLAN));
    return USED_PLAN;
  }

  /** Removes a plan whose time is over. */
  removeExpired(now: Date): void {
    for (const name of [SAVED_PLAN, NEW_PLAN, USED_PLAN]) {
      const file = join(this.folder, name);
      const changed = statSync(file, { throwIfNoEntry: false })?.mtime.toISOString();
      if (changed !== undefined && isExpired({ at: changed }, now)) return this.forget();
    }
  }

  /** What an encrypted plan is bound to: what it was made from and what it does cannot be changed beside it. */
  private belongsTo(record: string): string {
    return `${this.id}\n${record}`;
  }

  /** Empty if there is none. */
  private recordText(): string {
    const file = join(this.folder, RECORD);
    return existsSync(file) ? readFileSync(file, 'utf8') : '';
  }

  private savedPlan(): Buffer | undefined {
    const file = join(this.folder, SAVED_PLAN);
    return existsSync(file) ? readFileSync(file) : undefined;
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
  private write(name: string, content: string | Buffer): void {
    const draft = join(this.folder, `${name}.${process.pid}.draft`);
    writeFileSync(draft, content, { mode: 0o600 });
    renameSync(draft, join(this.folder, name));
  }
}

const planDigest = (record: string, plan: Buffer = Buffer.alloc(0)) =>
  configHash(`${configHash(record)} ${createHash('sha256').update(plan).digest('hex')}`);

export const configHash = (config: string) => createHash('sha256').update(config).digest('hex');
