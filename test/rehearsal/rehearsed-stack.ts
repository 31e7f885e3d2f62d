import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { accessKeyOf } from './cloud/caller';
import type { Cloud } from './cloud/cloud';
import { readPlanArchive } from './plan-archive';
import { ProviderServer } from './protocol/provider-server';
import { AwsProvider } from './provider/aws-provider';
import { narrowSchema } from './schema/narrowed-schema';
import type { ProviderSchema } from './schema/provider-schema';
import { type JsonObject, StackDocument } from './stack-document';
import { runTerraform, terraformEnvironment, type TerraformResult } from './terraform';

const PLAN_FILE = 'plan.tfplan';

interface StoredState {
  readonly resources?: readonly { readonly mode: string; readonly instances?: readonly unknown[] }[];
}

export interface StackSurroundings {
  readonly cloud: Cloud;
  readonly schema: ProviderSchema;
  /** Where S3, STS and SSM are imitated. */
  readonly url: string;
}

/** A copy of one synthesized stack, and Terraform's commands on it. */
export class RehearsedStack {
  private document: StackDocument;
  private server: ProviderServer | undefined;
  private served = '';

  /** @param account whose credentials run the stack; by default of the account that the stack expects */
  constructor(
    readonly id: string,
    readonly folder: string,
    private readonly surroundings: StackSurroundings,
    private readonly account?: string,
  ) {
    this.document = this.prepare(readFileSync(this.configurationFile, 'utf8'));
  }

  get planFile(): string {
    return join(this.folder, PLAN_FILE);
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

  async run(...args: readonly string[]): Promise<TerraformResult> {
    const server = await this.serve();
    const { url } = this.surroundings;
    const environment = terraformEnvironment({
      AWS_ACCESS_KEY_ID: accessKeyOf(this.account ?? this.document.account),
      AWS_SECRET_ACCESS_KEY: 'stand-in',
      AWS_EC2_METADATA_DISABLED: 'true',
      AWS_ENDPOINT_URL_S3: url,
      AWS_ENDPOINT_URL_STS: url,
      AWS_ENDPOINT_URL_SSM: url,
      TF_REATTACH_PROVIDERS: server.reattach,
    });
    return runTerraform(args, this.folder, environment);
  }

  stop(): void {
    this.server?.stop();
    this.server = undefined;
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

  /**
   * The provider that this stack's runs reattach to: one of its own, since a reattached provider does not see
   * whose credentials its caller has. It knows the types that the configuration and the state mention.
   */
  private async serve(): Promise<ProviderServer> {
    const { schema, cloud } = this.surroundings;
    const account = this.account ?? this.document.account;
    const narrowed = narrowSchema(schema, this.document.text, this.state() ?? '');
    const wanted = [account, ...Object.keys(narrowed.resources), ...Object.keys(narrowed.dataSources)].join();
    if (this.server && wanted === this.served) return this.server;
    this.stop();
    const provider = new AwsProvider(narrowed, account, cloud);
    const server = new ProviderServer(schema.source, (call, request, connection) =>
      provider.handle(call, request, connection),
    );
    await server.start();
    this.server = server;
    this.served = wanted;
    return server;
  }
}
