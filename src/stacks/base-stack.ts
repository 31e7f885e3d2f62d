import {
  S3Backend,
  TerraformElement,
  TerraformOutput,
  TerraformResource,
  TerraformStack,
  Token,
  type App,
  type TerraformRemoteState,
} from 'cdktf';
import type { Node } from 'constructs';
import { AwsProvider } from '@cdktf/provider-aws/lib/provider';
import { adoptedId } from '../../modules/adoption/adopt';
import { addressOf, renamedPaths, type RenamedEntries } from './address';
import { Handovers, type Handover } from './handovers';

/** Where a stack belongs, and where its state is kept. */
export interface StackPlace {
  /** An environment's name, `account-<id>` or `shared`. */
  readonly scope: string;
  /** Twelve digits; every other account is refused before anything runs. */
  readonly account: string;
  /** The region that the provider works in, which also holds the state bucket. */
  readonly region: string;
  /** What one stack of this scope and region is about, e.g. `workload`. */
  readonly layer: string;
  /** Whether it belongs to the whole scope instead of one of its regions. @default false */
  readonly global?: boolean;
  /** Tags on everything, besides Environment, Layer and ManagedBy. @default none */
  readonly tags?: Readonly<Record<string, string>>;
}

/** Write-only arguments came with 1.11. OpenTofu has them from 1.11 as well. */
export const REQUIRED_TERRAFORM = '>= 1.11.0, < 2.0.0';
/** The release that the bindings were generated from: another one may know other arguments. */
export const AWS_PROVIDER_VERSION = '6.25.0';

export const stackId = (place: StackPlace) =>
  `${place.scope}-${place.global ? 'global' : place.region}-${place.layer}`;

/** The parts of a stack's id; nothing if it is none. */
export function partsOfStackId(
  id: string,
): { readonly scope: string; readonly where: string; readonly layer: string } | undefined {
  const parts = /^(account-\d{12}|[a-z0-9]+)-(global|[a-z]{2}(?:-[a-z]+)+-\d)-(.+)$/.exec(id);
  const [, scope, where, layer] = parts ?? [];
  return scope === undefined || where === undefined || layer === undefined
    ? undefined
    : { scope, where, layer };
}

/** One bucket for each scope and region, in that region: losing a region loses no other region's state. */
export const stateBucketName = (place: Pick<StackPlace, 'scope' | 'account' | 'region'>) =>
  place.scope === `account-${place.account}`
    ? `${place.scope}-${place.region}-state`
    : `${place.scope}-${place.region}-state-${place.account}`;

export const stateKeyAlias = (place: Pick<StackPlace, 'scope'>) => `alias/${place.scope}-state`;

export const stateObjectKey = (place: StackPlace) =>
  `${place.scope}/${place.global ? 'global' : place.region}/${place.layer}.tfstate`;

/** Where the state of a place is kept, in the arguments of the S3 backend. */
export const stateBackend = (place: StackPlace) => ({
  bucket: stateBucketName(place),
  key: stateObjectKey(place),
  region: place.region,
  encrypt: true,
  // without it the backend asks for SSE-S3, whatever the bucket's default is
  kmsKeyId: `arn:aws:kms:${place.region}:${place.account}:${stateKeyAlias(place)}`,
  allowedAccountIds: [place.account],
});

/** What every stack has: guarded provider, locked state in S3, pinned versions, readable addresses. */
export abstract class BaseStack extends TerraformStack {
  private readonly addresses = new Map<string, string>();
  private readonly moved = new Map<string, string>();
  private readonly handovers = new Handovers();
  private readonly outgoing = new Map<string, TerraformOutput>();
  private readonly incoming = new Map<TerraformStack, TerraformRemoteState>();

  /** @param renamed entries whose addresses follow a new name; the constructs keep the name that AWS knows */
  constructor(
    app: App,
    readonly place: StackPlace,
    private readonly renamed: RenamedEntries = {},
  ) {
    super(app, stackId(place));
    this.addProvider();
    this.addBackend();
    this.pinVersions();
  }

  private addProvider(): void {
    const { scope, account, region, layer, tags } = this.place;
    new AwsProvider(this, 'Aws', {
      region,
      allowedAccountIds: [account],
      defaultTags: [{ tags: { ...tags, Environment: scope, Layer: layer, ManagedBy: 'terraform' } }],
    });
  }

  private addBackend(): void {
    const backend = new S3Backend(this, stateBackend(this.place));
    backend.addOverride('use_lockfile', true);
  }

  private pinVersions(): void {
    this.addOverride('terraform.required_version', REQUIRED_TERRAFORM);
    this.addOverride('terraform.required_providers.aws.version', AWS_PROVIDER_VERSION);
  }

  /** @throws if two constructs would get the same address */
  protected override allocateLogicalId(element: TerraformElement | Node): string {
    if (!TerraformElement.isTerraformElement(element)) return super.allocateLogicalId(element);
    const type = elementType(element);
    const { path } = element.node;
    const paths = renamedPaths(path.split('/').slice(1), this.renamed);
    const addresses = [...new Set(paths.map((one) => addressOf(type, one)).reverse())].reverse();
    const address = addresses.at(-1) ?? '';
    this.move(type, addresses);
    const known = this.addresses.get(`${type}.${address}`);
    if (known !== undefined && known !== path) {
      throw new Error(
        `${path}: address must be unique in its stack, got ${type}.${address}, which ${known} has; rename one of the two constructs`,
      );
    }
    this.addresses.set(`${type}.${address}`, path);
    return address;
  }

  /**
   * Terraform must take what it knows by a former address for this resource, not for another one. It lets an address
   * come from one other alone, but follows a chain, which leads here from wherever the last apply has left it.
   */
  private move(type: string, addresses: readonly string[]): void {
    if (!type.startsWith('aws_') && type !== 'terraform_data') return;
    for (const [index, to] of addresses.slice(1).entries())
      this.moved.set(`${type}.${addresses[index]}`, `${type}.${to}`);
  }

  override toTerraform(): Record<string, unknown> {
    const json = super.toTerraform() as Record<string, unknown>;
    const imports = this.imports();
    return this.handovers.addTo(
      {
        ...json,
        ...(this.moved.size > 0 && { moved: [...this.moved].sort().map(([from, to]) => ({ from, to })) }),
        ...(imports.length > 0 && { import: imports }),
      },
      this.node.id,
    );
  }

  /** What stands already is taken over, at the address where it has come to be. Once it is in the state, this says nothing. */
  private imports(): { readonly to: string; readonly id: string }[] {
    return this.node
      .findAll()
      .filter((one): one is TerraformResource => TerraformResource.isTerraformResource(one))
      .flatMap((one) => {
        const id = adoptedId(one);
        return id === undefined ? [] : [{ to: `${one.terraformResourceType}.${one.friendlyUniqueId}`, id }];
      })
      .sort((left, right) => (left.to < right.to ? -1 : 1));
  }

  /** Resources that other stacks have held until now, or hold from now on. */
  hand(file: string, over: Handover): void {
    this.handovers.add(file, over);
  }

  /** As cdktf does it, but named after the address alone, and not marked as sensitive: a secret must fail here. */
  override registerOutgoingCrossStackReference(identifier: string): TerraformOutput {
    const known = this.outgoing.get(identifier);
    if (known) return known;
    const output = new TerraformOutput(this, identifier.replaceAll(/[^A-Za-z0-9_-]/g, '-'), {
      value: Token.asAny(`\${${identifier}}`),
    });
    this.outgoing.set(identifier, output);
    return output;
  }

  /** By which name it reads the state of another stack: addresses hold no environment and no region. */
  protected stateName({ layer }: StackPlace): string {
    return layer;
  }

  /** As cdktf does it, but named after the layer alone. */
  override registerIncomingCrossStackReference(from: TerraformStack): TerraformRemoteState {
    const known = this.incoming.get(from);
    if (known) return known;
    const name = from instanceof BaseStack ? this.stateName(from.place) : from.node.id;
    const state = from.ensureBackendExists().getRemoteStateDataSource(this, name, from.node.path);
    this.incoming.set(from, state);
    return state;
  }
}

function elementType(element: TerraformElement): string {
  const { _elementType } = element as unknown as { _elementType?: string };
  return _elementType ?? element.constructor.name;
}
