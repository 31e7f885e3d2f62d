import { InputError } from '../errors';

/** One resource that comes from another stack, or goes to one. */
export type Handover =
  | { readonly takes: string; readonly id: string }
  | {
      readonly leaves: string;
      /** Where it goes on: the driver waits for it to have arrived. */
      readonly for: HandedTo;
    };

/** Id, state and address of the stack that takes a resource over. */
export interface HandedTo {
  readonly stack: string;
  readonly address: string;
  readonly bucket: string;
  readonly key: string;
  readonly region: string;
}

type Json = Record<string, unknown>;

/** What a stack takes over by `import`, and leaves to others by `removed`, which destroys nothing. */
export class Handovers {
  private readonly all: { readonly file: string; readonly over: Handover }[] = [];

  add(file: string, over: Handover): void {
    this.all.push({ file, over });
  }

  /** @throws InputError where the stack does not make what it takes over, or still makes what it leaves */
  addTo(json: Json, stack: string): Json {
    const problems = this.all.flatMap(({ file, over }) => problemOf(file, over, json, stack));
    if (problems.length > 0) throw new InputError(problems);
    const imports = this.all.flatMap(({ over }) =>
      'takes' in over ? [{ to: over.takes, id: literal(over.id) }] : [],
    );
    const removed = this.all.flatMap(({ over }) =>
      'leaves' in over
        ? [{ '//': { movedTo: over.for }, from: over.leaves, lifecycle: { destroy: false } }]
        : [],
    );
    const others = (json['import'] as readonly Json[] | undefined) ?? [];
    return {
      ...json,
      ...(imports.length > 0 && { import: [...others, ...imports] }),
      ...(removed.length > 0 && { removed }),
    };
  }
}

function problemOf(file: string, over: Handover, json: Json, stack: string): string[] {
  const address = 'takes' in over ? over.takes : over.leaves;
  const [type = '', name = ''] = address.split('.');
  const isMade = Object.hasOwn((json['resource'] as Record<string, Json> | undefined)?.[type] ?? {}, name);
  if ('takes' in over && !isMade) {
    return [
      `${file}: ${address} must be made in ${stack}, which takes it over, got a stack without it; change the settings or the code, or take it out of the file if that was long ago`,
    ];
  }
  if ('leaves' in over && isMade) {
    return [
      `${file}: ${address} must no longer be made in ${stack}, which leaves it to ${over.for.stack}, got a stack with it; change the settings or the code, or take it out of the file`,
    ];
  }
  return [];
}

/** An id is no expression. */
const literal = (id: string) => id.replaceAll('${', '$${').replaceAll('%{', '%%{');
