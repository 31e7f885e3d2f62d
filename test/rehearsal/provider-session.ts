import type { Cloud } from './cloud/cloud';
import type { CloudServer } from './cloud/cloud-server';
import { ProviderServer } from './protocol/provider-server';
import { AwsProvider } from './provider/aws-provider';
import { narrowSchema } from './schema/narrowed-schema';
import type { ProviderSchema } from './schema/provider-schema';

export interface SessionSurroundings {
  readonly cloud: Cloud;
  readonly server: CloudServer;
  readonly schema: ProviderSchema;
}

/**
 * A provider for the runs of one account. It needs a server of its own, since a provider that Terraform reattaches
 * to does not see whose credentials its caller has.
 */
export class ProviderSession {
  private constructor(
    private readonly account: string,
    private readonly server: ProviderServer,
    private readonly surroundings: SessionSurroundings,
  ) {}

  /** @param texts configurations and states, of which the session knows every type that they mention */
  static async start(
    account: string,
    surroundings: SessionSurroundings,
    texts: readonly string[],
  ): Promise<ProviderSession> {
    const { schema, cloud } = surroundings;
    const provider = new AwsProvider(narrowSchema(schema, ...texts), account, cloud);
    const server = new ProviderServer(schema.source, async (call, request, connection) => {
      const answer = await provider.handle(call, request, connection);
      if (call === 'ApplyResourceChange') await cloud.afterChange(request.typeName ?? '');
      return answer;
    });
    await server.start();
    return new ProviderSession(account, server, surroundings);
  }

  /** What Terraform needs in its environment to find the provider, S3, STS and the credentials. */
  get variables(): Record<string, string> {
    return {
      ...this.surroundings.server.terraformVariables(this.account),
      TF_REATTACH_PROVIDERS: this.server.reattach,
    };
  }

  stop(): void {
    this.server.stop();
  }
}
