import { parseStateJson } from './state-json';
import { packValue, unpackValue, type Value } from './values';

/** A value in a message: Terraform sends msgpack, and takes JSON too. */
export interface DynamicValue {
  readonly msgpack?: Uint8Array;
  readonly json?: Uint8Array;
}

/** What a call may carry. Which fields come with which call stands in the table of messages. */
export interface CallRequest {
  readonly typeName?: string;
  readonly config?: DynamicValue;
  readonly priorState?: DynamicValue;
  readonly proposedNewState?: DynamicValue;
  readonly plannedState?: DynamicValue;
  readonly currentState?: DynamicValue;
  readonly private?: Uint8Array;
  readonly rawState?: { readonly json?: Uint8Array };
  readonly id?: string;
}

/** Something to report to the user, as a warning or an error. */
export interface Problem {
  readonly summary: string;
  readonly detail?: string;
  readonly path?: readonly (string | number)[];
}

export function readDynamic(value: DynamicValue | undefined): Value {
  if (value?.msgpack?.length) return unpackValue(value.msgpack);
  if (value?.json?.length) return parseStateJson(Buffer.from(value.json).toString('utf8'));
  return null;
}

export function writeDynamic(value: Value): DynamicValue {
  return { msgpack: packValue(value) };
}

const ERROR = 1;

export function diagnostic(problem: Problem): object {
  const steps = problem.path?.map((step) =>
    typeof step === 'number' ? { elementKeyInt: step } : { attributeName: step },
  );
  return {
    severity: ERROR,
    summary: problem.summary,
    detail: problem.detail ?? '',
    ...(steps && { attribute: { steps } }),
  };
}

export function failure(...problems: readonly Problem[]): object {
  return { diagnostics: problems.map(diagnostic) };
}
