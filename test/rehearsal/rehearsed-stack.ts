import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readPlanArchive } from './plan-archive';
import { ProviderSession, type SessionSurroundings } from './provider-session';
import { typesIn } from './schema/narrowed-schema';
import { type BackendAddress, type JsonObject, StackDocument } from './stack-document';
import { runTerraform, terraformEnvironment, type TerraformResult } from './terraform';

const PLAN_FILE = 'plan.tfplan';

interface StoredState {
  readonly resources?: readonly { readonly mode: string; readonly instances?: readonly unknown[] }[];
}

/** A copy of one synthesized stack, and Terraform's commands on it. */
export class RehearsedStack {
  /** Every command so far with all that it printed. */
  readonly log: TerraformResult[] = [];
  private document: StackDocument;
  private session: ProviderSession | undefined;
  private sessionTypes = '';

  /** @param account whose credentials run the stack; by default of the account that the stack expects */
  constructor(
    readonly id: string,
    readonly folder: string,
    private readonly surroundings: SessionSurroundings,
    private readonly account?: string,
  ) {
    this.document = this.prepare(readFileSync(this.configurationFile, 'utf8'));
  }

  get planFile(): string {
    return join(this.folder, PLAN_FILE);
  }

  /** What Terraform runs, which is what was synthesized but for a backend that is reachable. */
  get configuration(): JsonObject {
    return this.document.root;
  }

  /** Where its state is. */
  get backend(): BackendAddress {
    return this.document.backend;
  }

  /** Writes another configuration into the folder, as after a change in the code. */
  reconfigure(configuration: JsonObject): void {
    this.document = this.prepare(JSON.stringify(configuration));
  }

  init(): Promise<TerraformResult> {
    return this.run('init', '-no-color');
  }

  validate(): Promise<TerraformResult> {
    return this.run('validate', '-no-color');
  }

  plan(...options: readonly string[]): Promise<TerraformResult> {
    return this.run('plan', '-no-color', `-out=${PLAN_FILE}`, ...options);
  }

  /** Applies the saved plan. */
  apply(): Promise<TerraformResult> {
    return this.run('apply', '-no-color', PLAN_FILE);
  }

  /** Applies the saved plan, until it is killed. */
  applyUntil(death: AbortSignal): Promise<TerraformResult> {
    return this.execute(['apply', '-no-color', PLAN_FILE], death);
  }

  /** Takes away a lock whose owner is dead. The id stands in the message of whoever was refused. */
  forceUnlock(lockId: string): Promise<TerraformResult> {
    return this.run('force-unlock', '-force', '-no-color', lockId);
  }

  /** Ends with code 0 when nothing is left to do, and with 2 when something is. */
  planAgain(): Promise<TerraformResult> {
    return this.run('plan', '-no-color', '-detailed-exitcode');
  }

  /** In Terraform's machine-readable form, in which each error stands alone. */
  destroy(): Promise<TerraformResult> {
    return this.run('destroy', '-auto-approve', '-json');
  }

  async showPlan(): Promise<JsonObject> {
    const shown = await this.run('show', '-json', PLAN_FILE);
    return JSON.parse(shown.stdout) as JsonObject;
  }

  /** The files inside the saved plan. */
  planEntries(): Map<string, Buffer> {
    return readPlanArchive(this.planFile);
  }

  /** The stored state, or undefined before the first apply. */
  state(): string | undefined {
    const { bucket, key } = this.document.backend;
    return this.surroundings.cloud.objects.bucket(bucket)?.objects.get(key)?.body.toString('utf8');
  }

  /** Removes the stored state, as if nothing had ever been applied. */
  forgetState(): void {
    const { bucket, key } = this.document.backend;
    this.surroundings.cloud.objects.bucket(bucket)?.objects.delete(key);
  }

  resourceCount(): number {
    const state = JSON.parse(this.state() ?? '{}') as StoredState;
    const managed = (state.resources ?? []).filter((resource) => resource.mode === 'managed');
    return managed.reduce((count, resource) => count + (resource.instances?.length ?? 0), 0);
  }

  run(...args: readonly string[]): Promise<TerraformResult> {
    return this.execute(args);
  }

  private async execute(args: readonly string[], death?: AbortSignal): Promise<TerraformResult> {
    const session = await this.currentSession();
    const result = await runTerraform(args, this.folder, terraformEnvironment(session.variables), death);
    this.log.push(result);
    return result;
  }

  stop(): void {
    this.session?.stop();
    this.session = undefined;
  }

  private get configurationFile(): string {
    return join(this.folder, 'cdk.tf.json');
  }

  private prepare(text: string): StackDocument {
    const document = StackDocument.parse(text, this.id);
    writeFileSync(this.configurationFile, document.text);
    this.surroundings.cloud.objects.createBucket(document.backend.bucket);
    return document;
  }

  /** A session knows the types of its beginning: another begins when the configuration mentions others. */
  private async currentSession(): Promise<ProviderSession> {
    const texts = [this.document.text, this.state() ?? ''];
    const account = this.account ?? this.document.account;
    const wanted = [account, ...typesIn(...texts)].sort().join();
    if (this.session && wanted === this.sessionTypes) return this.session;
    this.stop();
    this.session = await ProviderSession.start(account, this.surroundings, texts);
    this.sessionTypes = wanted;
    return this.session;
  }
}
