import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Cloud } from './cloud/cloud';
import { CloudServer } from './cloud/cloud-server';
import { ProviderSession } from './provider-session';
import { RehearsedStack } from './rehearsed-stack';
import { cachedSchema } from './schema/cached-schema';
import type { ProviderSchema } from './schema/provider-schema';
import type { JsonObject } from './stack-document';

const LEFT_BEHIND = /(^|\/)(\.terraform|[^/]*\.tfstate[^/]*|[^/]*\.tfplan|\.terraform\.lock\.hcl)$/;

export interface StandInOptions {
  /** Of the provider that Terraform finds. @default that of the installed bindings */
  readonly schema?: ProviderSchema;
  /** What another stand-in has made, to go on with. @default nothing exists */
  readonly cloud?: Cloud;
}

/** AWS for a rehearsal: accounts that exist in this process only, in which Terraform runs on copies of stacks. */
export class StandIn {
  readonly server: CloudServer;
  /** Holds the copies of the stacks, until the end. */
  readonly folder = mkdtempSync(join(tmpdir(), 'rehearsal-'));
  private readonly stacks: RehearsedStack[] = [];
  private readonly sessions: ProviderSession[] = [];

  private constructor(
    readonly schema: ProviderSchema,
    readonly cloud: Cloud,
  ) {
    this.server = new CloudServer(cloud);
  }

  static async start({ schema, cloud }: StandInOptions = {}): Promise<StandIn> {
    const standIn = new StandIn(schema ?? cachedSchema(), cloud ?? new Cloud());
    await standIn.server.start();
    return standIn;
  }

  /** Copies a synthesized stack. The account is whose credentials run it, if not of the one that it expects. */
  copyStack(id: string, source: string, account?: string): RehearsedStack {
    const folder = this.folderOf(id);
    cpSync(source, folder, { recursive: true, filter: (path) => !LEFT_BEHIND.test(path) });
    return this.open(id, folder, account);
  }

  /** A stack of which only the configuration exists, for tests. */
  writeStack(id: string, configuration: JsonObject, account?: string): RehearsedStack {
    const folder = this.folderOf(id);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'cdk.tf.json'), JSON.stringify(configuration));
    return this.open(id, folder, account);
  }

  /**
   * A provider for a program that runs Terraform itself, with the credentials of one account. The texts are the
   * configurations that it will run.
   */
  async openSession(account: string, ...texts: readonly string[]): Promise<ProviderSession> {
    const session = await ProviderSession.start(account, this, texts);
    this.sessions.push(session);
    return session;
  }

  /** Every object that the backends have written, by `bucket/key`: states, and locks while they are held. */
  states(): Map<string, string> {
    return this.cloud.objects.all();
  }

  /** Every password that Terraform got from AWS, in this rehearsal. None may be found anywhere. */
  get generatedPasswords(): readonly string[] {
    return this.cloud.secrets.generated;
  }

  /** Puts the states beside the stacks' folders, for whoever wants to look at them. */
  writeStates(): void {
    for (const [address, text] of this.states()) {
      const file = join(this.folder, 'states', address);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
  }

  async stop(options: { keepFolder?: boolean } = {}): Promise<void> {
    for (const each of [...this.stacks, ...this.sessions]) each.stop();
    await this.server.stop();
    if (!options.keepFolder) rmSync(this.folder, { recursive: true, force: true });
  }

  private folderOf(id: string): string {
    return join(this.folder, 'stacks', id);
  }

  private open(id: string, folder: string, account: string | undefined): RehearsedStack {
    const stack = new RehearsedStack(id, folder, this, account);
    this.stacks.push(stack);
    return stack;
  }
}
