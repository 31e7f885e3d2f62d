import type { Caller } from '../caller';

export interface Parameter {
  readonly name: string;
  readonly type: string;
  readonly keyId: string | undefined;
  readonly value: string;
  readonly version: number;
  readonly arn: string;
  readonly modified: Date;
}

export class ParameterStore {
  private readonly parameters = new Map<string, Parameter>();

  put(caller: Caller, name: string, value: string, type = 'String', keyId?: string): Parameter {
    const parameter: Parameter = {
      name,
      type,
      keyId,
      value,
      version: (this.get(caller, name)?.version ?? 0) + 1,
      arn: `arn:aws:ssm:${caller.region}:${caller.account}:parameter/${name.replace(/^\//, '')}`,
      modified: new Date(),
    };
    this.parameters.set(keyOf(caller, name), parameter);
    return parameter;
  }

  get(caller: Caller, name: string): Parameter | undefined {
    return this.parameters.get(keyOf(caller, name));
  }

  delete(caller: Caller, name: string): void {
    this.parameters.delete(keyOf(caller, name));
  }

  all(caller: Caller): Parameter[] {
    const prefix = keyOf(caller, '');
    return [...this.parameters].filter(([key]) => key.startsWith(prefix)).map(([, parameter]) => parameter);
  }
}

function keyOf(caller: Caller, name: string): string {
  return `${caller.account} ${caller.region} ${name}`;
}
