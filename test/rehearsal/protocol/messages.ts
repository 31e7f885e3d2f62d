import { type INamespace, type IType, Root, type Type } from 'protobufjs';

/*
 * Version 5 of Terraform's plugin protocol, as far as a provider of resources, data sources and ephemeral
 * resources needs it. Fields that the stand-in neither reads nor writes are left out: protobuf skips them.
 */

type FieldTable = Record<string, readonly [type: string, id: number, rule?: 'repeated' | 'map']>;

const VALUE = 'DynamicValue';
const problems = (id: number): FieldTable => ({ diagnostics: ['Diagnostic', id, 'repeated'] });
const typed = (fields: FieldTable): FieldTable => ({ typeName: ['string', 1], ...fields });

const MESSAGES: Record<string, FieldTable> = {
  Empty: {},
  DynamicValue: { msgpack: ['bytes', 1], json: ['bytes', 2] },
  PathStep: { attributeName: ['string', 1], elementKeyString: ['string', 2], elementKeyInt: ['int64', 3] },
  AttributePath: { steps: ['PathStep', 1, 'repeated'] },
  Diagnostic: {
    severity: ['int32', 1],
    summary: ['string', 2],
    detail: ['string', 3],
    attribute: ['AttributePath', 4],
  },
  SchemaAttribute: {
    name: ['string', 1],
    type: ['bytes', 2],
    required: ['bool', 4],
    optional: ['bool', 5],
    computed: ['bool', 6],
    sensitive: ['bool', 7],
    writeOnly: ['bool', 10],
  },
  SchemaNestedBlock: {
    typeName: ['string', 1],
    block: ['SchemaBlock', 2],
    nesting: ['int32', 3],
    minItems: ['int64', 4],
    maxItems: ['int64', 5],
  },
  SchemaBlock: {
    version: ['int64', 1],
    attributes: ['SchemaAttribute', 2, 'repeated'],
    blockTypes: ['SchemaNestedBlock', 3, 'repeated'],
  },
  Schema: { version: ['int64', 1], block: ['SchemaBlock', 2] },
  RawState: { json: ['bytes', 1] },
  ImportedResource: { typeName: ['string', 1], state: [VALUE, 2], private: ['bytes', 3] },

  GetSchemaResponse: {
    provider: ['Schema', 1],
    resourceSchemas: ['Schema', 2, 'map'],
    dataSourceSchemas: ['Schema', 3, 'map'],
    ephemeralResourceSchemas: ['Schema', 8, 'map'],
    ...problems(4),
  },
  PrepareConfigRequest: { config: [VALUE, 1] },
  PrepareConfigResponse: { preparedConfig: [VALUE, 1], ...problems(2) },
  ConfigureRequest: { terraformVersion: ['string', 1], config: [VALUE, 2] },
  ProblemsResponse: problems(1),
  ValidateRequest: typed({ config: [VALUE, 2] }),
  UpgradeStateRequest: typed({ version: ['int64', 2], rawState: ['RawState', 3] }),
  UpgradeStateResponse: { upgradedState: [VALUE, 1], ...problems(2) },
  ReadRequest: typed({ currentState: [VALUE, 2], private: ['bytes', 3] }),
  ReadResponse: { newState: [VALUE, 1], ...problems(2), private: ['bytes', 3] },
  PlanRequest: typed({
    priorState: [VALUE, 2],
    proposedNewState: [VALUE, 3],
    config: [VALUE, 4],
    priorPrivate: ['bytes', 5],
  }),
  PlanResponse: {
    plannedState: [VALUE, 1],
    requiresReplace: ['AttributePath', 2, 'repeated'],
    plannedPrivate: ['bytes', 3],
    ...problems(4),
  },
  ApplyRequest: typed({
    priorState: [VALUE, 2],
    plannedState: [VALUE, 3],
    config: [VALUE, 4],
    plannedPrivate: ['bytes', 5],
  }),
  ApplyResponse: { newState: [VALUE, 1], private: ['bytes', 2], ...problems(3) },
  ImportRequest: typed({ id: ['string', 2] }),
  ImportResponse: { importedResources: ['ImportedResource', 1, 'repeated'], ...problems(2) },
  ReadDataSourceRequest: typed({ config: [VALUE, 2] }),
  ReadDataSourceResponse: { state: [VALUE, 1], ...problems(2) },
  OpenEphemeralRequest: typed({ config: [VALUE, 2] }),
  OpenEphemeralResponse: { ...problems(1), result: [VALUE, 3] },
  GetFunctionsResponse: problems(2),
  HealthResponse: { status: ['int32', 1] },
};

/** The calls of the service `tfplugin5.Provider`, each with its request and its response. */
export const PROVIDER_CALLS = {
  GetSchema: ['Empty', 'GetSchemaResponse'],
  PrepareProviderConfig: ['PrepareConfigRequest', 'PrepareConfigResponse'],
  Configure: ['ConfigureRequest', 'ProblemsResponse'],
  ValidateResourceTypeConfig: ['ValidateRequest', 'ProblemsResponse'],
  ValidateDataSourceConfig: ['ValidateRequest', 'ProblemsResponse'],
  ValidateEphemeralResourceConfig: ['ValidateRequest', 'ProblemsResponse'],
  UpgradeResourceState: ['UpgradeStateRequest', 'UpgradeStateResponse'],
  ReadResource: ['ReadRequest', 'ReadResponse'],
  PlanResourceChange: ['PlanRequest', 'PlanResponse'],
  ApplyResourceChange: ['ApplyRequest', 'ApplyResponse'],
  ImportResourceState: ['ImportRequest', 'ImportResponse'],
  ReadDataSource: ['ReadDataSourceRequest', 'ReadDataSourceResponse'],
  OpenEphemeralResource: ['OpenEphemeralRequest', 'OpenEphemeralResponse'],
  CloseEphemeralResource: ['Empty', 'ProblemsResponse'],
  GetFunctions: ['Empty', 'GetFunctionsResponse'],
  Stop: ['Empty', 'Empty'],
} as const;

export type ProviderCall = keyof typeof PROVIDER_CALLS;

function messageType(fields: FieldTable): IType {
  const described: IType = { fields: {} };
  for (const [name, [type, id, rule]] of Object.entries(fields)) {
    if (rule === 'map') {
      described.fields[name] = { keyType: 'string', type, id } as IType['fields'][string];
    } else {
      described.fields[name] = rule ? { type, id, rule } : { type, id };
    }
  }
  return described;
}

const nested: INamespace = {
  nested: Object.fromEntries(Object.entries(MESSAGES).map(([name, fields]) => [name, messageType(fields)])),
};
const root = Root.fromJSON(nested).resolveAll();

function type(name: string): Type {
  return root.lookupType(name);
}

export function encodeMessage(name: string, message: object): Buffer {
  const described = type(name);
  return Buffer.from(described.encode(described.fromObject(message)).finish());
}

export function decodeMessage(name: string, bytes: Uint8Array): Record<string, unknown> {
  const described = type(name);
  return described.toObject(described.decode(bytes), { longs: Number });
}
