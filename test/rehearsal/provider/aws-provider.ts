import { DEFAULT_ACCOUNT } from '../cloud/caller';
import type { Cloud } from '../cloud/cloud';
import { encodeMessage, type ProviderCall } from '../protocol/messages';
import { type CallRequest, diagnostic, failure, readDynamic, writeDynamic } from '../protocol/requests';
import { schemaMessage, schemaMessages } from '../protocol/schema-messages';
import { conformToSchema, emptyObject, parseStateJson } from '../protocol/state-json';
import { fingerprint, isMap, mapsIn, textOf, textsIn, type Value, type ValueMap } from '../protocol/values';
import type { Block, ProviderSchema } from '../schema/provider-schema';
import { readDataSource } from './data-sources';
import { EPHEMERAL_RESOURCES, openEphemeral } from './ephemeral-resources';
import { isNamedById } from './identifiers';
import { asImported, findImported, isEmptyPart, mustBeMadeHere, refuseImport } from './imports';
import { withUnknowns } from './planned-object';
import { applyChange, type ChangeInputs, deleteResource, planChange } from './resource-changes';
import { settleObject } from './settled-object';
import { physicalNameOf, type Subject } from './subject';
import { checkDataSource, checkResource } from './value-checks';

/** One `provider "aws"` block: every alias has its own. */
interface Configuration {
  readonly account: string;
  readonly region: string;
  readonly defaultTags: ValueMap;
}

/** Before Terraform has configured it, the provider knows no region of its own. */
const UNCONFIGURED: Configuration = { account: DEFAULT_ACCOUNT, region: '', defaultTags: {} };

/** Marks a state that an import has begun and the next read completes. */
const IMPORTED = Buffer.from('imported');

/**
 * A stand-in for the provider, seen by the Terraform runs of one stack. The account is that of the credentials
 * that the stack would be run with.
 */
export class AwsProvider {
  private readonly configurations = new Map<string, Configuration>();
  private schemaBytes: Buffer | undefined;

  constructor(
    private readonly schema: ProviderSchema,
    private readonly account: string,
    private readonly cloud: Cloud,
  ) {}

  handle(call: ProviderCall, request: CallRequest, connection: string): object | Promise<object> {
    const configuration = this.configurations.get(connection) ?? UNCONFIGURED;
    switch (call) {
      case 'GetSchema':
        return this.getSchema();
      case 'PrepareProviderConfig':
        return { preparedConfig: request.config };
      case 'Configure':
        return this.configure(objectIn(request.config), connection);
      case 'ValidateResourceTypeConfig':
        return this.validateResource(request, configuration);
      case 'ValidateDataSourceConfig':
        return this.validateDataSource(request);
      case 'UpgradeResourceState':
        return this.upgradeState(request);
      case 'ReadResource':
        return this.read(request, configuration);
      case 'PlanResourceChange':
        return this.plan(request, configuration);
      case 'ApplyResourceChange':
        return this.apply(request, configuration);
      case 'ImportResourceState':
        return this.import(request);
      case 'ReadDataSource':
        return this.readDataSource(request, configuration);
      case 'OpenEphemeralResource':
        return this.openEphemeral(request, configuration);
      case 'ValidateEphemeralResourceConfig':
      case 'CloseEphemeralResource':
      case 'GetFunctions':
      case 'Stop':
        return {};
    }
  }

  private getSchema(): Buffer {
    this.schemaBytes ??= encodeMessage('GetSchemaResponse', {
      provider: schemaMessage(this.schema.provider),
      resourceSchemas: schemaMessages(this.schema.resources),
      dataSourceSchemas: schemaMessages(this.schema.dataSources),
      ephemeralResourceSchemas: schemaMessages(EPHEMERAL_RESOURCES),
    });
    return this.schemaBytes;
  }

  private configure(config: ValueMap, connection: string): object {
    const region = textOf(config['region']);
    if (region === undefined || !/^[a-z]{2}(-[a-z]+)+-\d+$/.test(region)) {
      return failure({ summary: `invalid AWS Region: ${region ?? ''}` });
    }
    // Assuming a role leads into the account of the role.
    const role = textOf(mapsIn(config['assume_role'])[0]?.['role_arn']);
    const account = role?.split(':')[4] ?? this.account;
    const allowed = textsIn(config['allowed_account_ids']);
    const isForbidden = textsIn(config['forbidden_account_ids']).includes(account);
    if (isForbidden || (allowed.length > 0 && !allowed.includes(account))) {
      return failure({ summary: `AWS account ID not allowed: ${account}` });
    }
    const tags = mapsIn(config['default_tags'])[0]?.['tags'];
    this.configurations.set(connection, { account, region, defaultTags: isMap(tags) ? tags : {} });
    return {};
  }

  /** Terraform validates before it configures, and then asks again with what it knows by then. */
  private async validateResource(
    { typeName = '', config }: CallRequest,
    configuration: Configuration,
  ): Promise<object> {
    const block = blockOf(this.schema.resources, typeName);
    const problems = await checkResource(typeName, block, objectIn(config), configuration);
    return { diagnostics: problems.map(diagnostic) };
  }

  /** A data source takes documents to merge and filters to match, in whatever state they are. */
  private validateDataSource({ typeName = '', config }: CallRequest): object {
    const block = blockOf(this.schema.dataSources, typeName);
    return { diagnostics: checkDataSource(block, objectIn(config)).map(diagnostic) };
  }

  private upgradeState({ typeName = '', rawState }: CallRequest): object {
    const stored = parseStateJson(Buffer.from(rawState?.json ?? []).toString('utf8'));
    const block = blockOf(this.schema.resources, typeName);
    return { upgradedState: writeDynamic(isMap(stored) ? conformToSchema(stored, block) : null) };
  }

  /** Nothing changes outside Terraform, so that reading a resource returns what is known of it. An import finds what is there. */
  private read(
    { typeName = '', currentState, private: mark }: CallRequest,
    configuration: Configuration,
  ): object {
    const wasImported = mark !== undefined && IMPORTED.equals(mark);
    if (!wasImported) {
      const state = objectIn(currentState);
      const found = this.cloud.foundAtRefresh(typeName, state);
      // what has not changed is answered as it came
      return { newState: found === state ? currentState : writeDynamic(found ?? null), private: mark };
    }
    const block = blockOf(this.schema.resources, typeName);
    const imported = objectIn(currentState);
    const id = textOf(imported['id']) ?? '';
    const { inventory } = this.cloud;
    const existing = findImported(inventory, typeName, id, configuration);
    if (existing) return { newState: writeDynamic(asImported(typeName, existing.state)) };
    const isEmpty = isEmptyPart(inventory, typeName, id, configuration);
    // as the provider answers for what is not there
    if (!isEmpty && (this.cloud.isComplete || mustBeMadeHere(typeName)))
      return { newState: writeDynamic(null) };
    // made by hand, before the rehearsal: what it looks like has to be invented
    const state = withUnknowns(block, isEmpty ? { ...imported, bucket: id } : imported);
    const found = settleObject(block, state, this.subject(typeName, state, configuration));
    this.cloud.outside.declare(...foundIds(found, {}));
    return { newState: writeDynamic(found) };
  }

  private plan(request: CallRequest, { region, defaultTags }: Configuration): object {
    const proposed = readDynamic(request.proposedNewState);
    if (!isMap(proposed)) return { plannedState: request.proposedNewState };
    const change = planChange(this.inputs(request), proposed, { region, tags: defaultTags });
    return {
      plannedState: writeDynamic(change.state),
      requiresReplace: change.replacing.map((name) => ({ steps: [{ attributeName: name }] })),
    };
  }

  private async apply(request: CallRequest, configuration: Configuration): Promise<object> {
    const planned = readDynamic(request.plannedState);
    const inputs = this.inputs(request);
    const { type, prior } = inputs;
    if (!isMap(planned)) {
      const refusal = prior && deleteResource(type, prior, configuration, this.cloud);
      if (refusal === undefined) return { newState: writeDynamic(null) };
      return { newState: request.priorState, ...failure({ summary: refusal }) };
    }
    // by now everything is known, also what other resources were given by AWS
    const problems = await checkResource(type, inputs.block, inputs.config, configuration);
    if (problems.length > 0) return { newState: request.priorState, ...failure(...problems) };
    const applied = applyChange(inputs, planned, this.subject(type, planned, configuration), this.cloud);
    if ('refusal' in applied)
      return { newState: request.priorState, ...failure({ summary: applied.refusal }) };
    return { newState: writeDynamic(applied.state) };
  }

  private import({ typeName = '', id = '' }: CallRequest): object {
    const refusal = refuseImport(typeName);
    if (refusal !== undefined) return failure({ summary: refusal });
    const block = blockOf(this.schema.resources, typeName);
    const state: ValueMap = { ...emptyObject(block), id };
    const nameAttribute = ['name', 'bucket', 'identifier', 'function_name'].find(
      (name) => block.attributes[name],
    );
    if (isNamedById(typeName) && nameAttribute !== undefined) state[nameAttribute] = id;
    return { importedResources: [{ typeName, state: writeDynamic(state), private: IMPORTED }] };
  }

  private readDataSource({ typeName = '', config }: CallRequest, configuration: Configuration): object {
    const block = blockOf(this.schema.dataSources, typeName);
    const configured = objectIn(config);
    const subject = this.subject(typeName, configured, configuration, 'data source');
    const open = withUnknowns(block, configured);
    const state = settleObject(block, readDataSource(subject, open, this.cloud), subject);
    this.cloud.outside.declare(...foundIds(state, configured));
    return { state: writeDynamic(state) };
  }

  private openEphemeral({ typeName = '', config }: CallRequest, configuration: Configuration): object {
    const opened = openEphemeral(typeName, objectIn(config), configuration, this.cloud);
    if ('problem' in opened) return failure(opened.problem);
    return { result: writeDynamic(opened.result) };
  }

  private inputs({ typeName = '', priorState, config }: CallRequest): ChangeInputs {
    const prior = readDynamic(priorState);
    return {
      type: typeName,
      block: blockOf(this.schema.resources, typeName),
      prior: isMap(prior) ? prior : undefined,
      config: objectIn(config),
    };
  }

  private subject(
    type: string,
    object: ValueMap,
    { account, region: own }: Configuration,
    kind: Subject['kind'] = 'resource',
  ): Subject {
    const region = textOf(object['region']) ?? own;
    // What a look-up finds does not change because a release of the provider knows another argument.
    const asked = kind === 'resource' ? object : saidIn(object);
    const described = `${type} ${account} ${region} ${fingerprint(asked)}`;
    // Two resources may be configured alike, but never have one id.
    const seed = kind === 'resource' ? this.cloud.unique(described) : described;
    return { type, kind, account, region, name: physicalNameOf(type, object), seed };
  }
}

function blockOf(blocks: Readonly<Record<string, Block>>, type: string): Block {
  const block = blocks[type];
  if (!block) throw new Error(`the schema has no ${type}`);
  return block;
}

/** The ids that AWS has answered: what a look-up was asked with is not found by that. */
function foundIds(state: ValueMap, configured: ValueMap): string[] {
  return Object.entries(state)
    .filter(([name]) => (configured[name] ?? null) === null)
    .flatMap(([, value]) => [...textsIn(value), textOf(value) ?? []].flat());
}

/** Without arguments and blocks that were left out. */
function saidIn(object: ValueMap): ValueMap {
  const isSaid = (value: Value) => value !== null && !(Array.isArray(value) && value.length === 0);
  return Object.fromEntries(Object.entries(object).filter(([, value]) => isSaid(value)));
}

function objectIn(value: CallRequest['config']): ValueMap {
  const object = readDynamic(value);
  return isMap(object) ? object : {};
}
