import type { RehearsedStack } from './rehearsed-stack';
import { objectAt, type JsonObject } from './stack-document';
import type { StandIn } from './stand-in';

/** What a company runs already in one region, made by code that knows nothing of ours. */
export interface Company {
  readonly account: string;
  readonly region: string;
  /** By type and name. */
  readonly resource: Readonly<Record<string, Readonly<Record<string, JsonObject>>>>;
}

/** Tags that it finds its things by. */
export const TAGS = { CostCentre: '4711' };

export class StandingCompany {
  private constructor(private readonly stack: RehearsedStack) {}

  static async make(standIn: StandIn, { account, region, resource }: Company): Promise<StandingCompany> {
    const stack = standIn.writeStack(
      `company-${region}`,
      {
        terraform: { required_providers: { aws: { source: 'hashicorp/aws', version: '6.25.0' } } },
        provider: { aws: [{ region, default_tags: [{ tags: TAGS }] }] },
        resource,
      },
      account,
    );
    for (const run of [() => stack.init(), () => stack.plan(), () => stack.apply()]) {
      const { code, output } = await run();
      if (code !== 0) throw new Error(output);
    }
    return new StandingCompany(stack);
  }

  /** What one of its things has come to be. */
  attributes(address: string): JsonObject {
    const { resources = [] } = JSON.parse(this.stack.state() ?? '{}') as {
      resources?: { type: string; name: string; instances: { attributes: JsonObject }[] }[];
    };
    const found = resources.find(({ type, name }) => `${type}.${name}` === address);
    return found?.instances[0]?.attributes ?? {};
  }

  id = (address: string) => String(this.attributes(address)['id']);
  arn = (address: string) => String(this.attributes(address)['arn']);
}

/** The settings of a resource that our code would make, for somebody else's code: by no name and under no protection of ours. */
export function settingsOf(configuration: JsonObject, address: string, other: JsonObject = {}): JsonObject {
  const [type = '', name = ''] = address.split('.');
  const own = { ...objectAt(configuration, 'resource', type, name) };
  for (const ours of ['//', 'lifecycle', 'tags', 'depends_on', 'provider']) delete own[ours];
  return { ...own, ...other };
}
