import type { Caller } from '../caller';
import type { Exchange } from '../exchange';
import type { Parameter, ParameterStore } from './parameter-store';

interface ParameterFilter {
  readonly Key?: string;
  readonly Option?: string;
  readonly Values?: readonly string[];
}

interface SsmRequest {
  readonly Name?: string;
  readonly Names?: readonly string[];
  readonly Path?: string;
  readonly Recursive?: boolean;
  readonly Value?: string;
  readonly Type?: string;
  readonly KeyId?: string;
  readonly Overwrite?: boolean;
  readonly ParameterFilters?: readonly ParameterFilter[];
}

class SsmError extends Error {
  constructor(
    readonly type: string,
    message: string,
  ) {
    super(message);
  }
}

type Operation = (request: SsmRequest, caller: Caller, store: ParameterStore) => object;

export function answerSsm(exchange: Exchange, store: ParameterStore): void {
  const name = (exchange.header('x-amz-target') ?? '').replace('AmazonSSM.', '');
  try {
    const operation = OPERATIONS[name];
    if (!operation) throw new SsmError('UnknownOperationException', `${name} is not imitated`);
    const request = JSON.parse(exchange.body.toString('utf8') || '{}') as SsmRequest;
    exchange.json(200, operation(request, exchange.caller, store));
  } catch (error) {
    if (!(error instanceof SsmError)) throw error;
    exchange.json(400, { __type: error.type, message: error.message });
  }
}

const OPERATIONS: Readonly<Record<string, Operation>> = {
  GetParameter({ Name = '' }, caller, store) {
    const parameter = store.get(caller, Name);
    if (!parameter) throw new SsmError('ParameterNotFound', `Parameter ${Name} not found.`);
    return { Parameter: described(parameter, true) };
  },

  GetParameters({ Names = [] }, caller, store) {
    const found = Names.map((name) => store.get(caller, name)).filter((each) => each !== undefined);
    const invalid = Names.filter((name) => store.get(caller, name) === undefined);
    return { Parameters: found.map((each) => described(each, true)), InvalidParameters: invalid };
  },

  GetParametersByPath({ Path = '/', Recursive = false }, caller, store) {
    const prefix = Path.endsWith('/') ? Path : `${Path}/`;
    const below = store.all(caller).filter(({ name }) => name.startsWith(prefix));
    const wanted = below.filter(({ name }) => Recursive || !name.slice(prefix.length).includes('/'));
    return { Parameters: wanted.map((each) => described(each, true)) };
  },

  PutParameter({ Name = '', Value = '', Type = 'String', KeyId, Overwrite = false }, caller, store) {
    if (store.get(caller, Name) && !Overwrite) {
      throw new SsmError(
        'ParameterAlreadyExists',
        'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.',
      );
    }
    const before = store.get(caller, Name)?.type ?? Type;
    if (before !== Type) throw new SsmError('HierarchyTypeMismatch', `${Name} is a ${before} and stays one.`);
    return { Version: store.put(caller, Name, Value, Type, KeyId).version, Tier: 'Standard' };
  },

  DescribeParameters({ ParameterFilters = [] }, caller, store) {
    const matching = store
      .all(caller)
      .filter(({ name }) => ParameterFilters.every((filter) => accepts(filter, name)));
    return { Parameters: matching.map((each) => described(each, false)) };
  },
};

function accepts(filter: ParameterFilter, name: string): boolean {
  if (filter.Key !== 'Name' && filter.Key !== 'Path') return true;
  const begins = filter.Key === 'Path' || filter.Option === 'BeginsWith';
  return (filter.Values ?? []).some((value) => (begins ? name.startsWith(value) : name === value));
}

function described(parameter: Parameter, withValue: boolean): object {
  return {
    Name: parameter.name,
    Type: parameter.type,
    ...(parameter.keyId !== undefined && { KeyId: parameter.keyId }),
    Version: parameter.version,
    ARN: parameter.arn,
    DataType: 'text',
    LastModifiedDate: parameter.modified.getTime() / 1000,
    ...(withValue && { Value: parameter.value }),
  };
}
