import { existsSync, readFileSync } from 'node:fs';
import { z } from 'zod';
import { InputError } from '../errors';
import { describeIssue } from './issues';
import { problemLine } from './problem';

const text = z.string().min(1);
/** Addresses hold neither an index nor a module here. */
const address = z
  .string()
  .regex(
    /^[a-z][a-z0-9_]*\.[a-z_][a-z0-9_-]*$/,
    'be the address of a resource; write it like aws_vpc.network',
  );
const stack = z.string().regex(/^[a-z0-9-]+$/, 'be the id of a stack; write it like dev-us-east-1-workload');

const movesSchema = z.array(
  z.strictObject({
    /** The stack that lets go. */
    from: stack,
    /** The stack that takes over. */
    to: stack,
    /** Each with its address before and after, and the id by which Terraform imports it. */
    resources: z.array(z.strictObject({ from: address, to: address, id: text })).min(1),
  }),
);

/** Resources that go on in another stack, and so in another state, without being made anew. */
export type Move = z.output<typeof movesSchema>[number];

/** Moves, with the file that says them, from the top folder. */
export interface Moves {
  readonly file: string;
  readonly list: readonly Move[];
}

export const MOVES_FILE = 'moves.json';

/**
 * What `make move` has written; nothing if there is no such file.
 *
 * @param path of the file
 * @param file the same for messages
 * @throws InputError if it says anything else
 */
export function readMoves(path: string, file: string): Moves {
  if (!existsSync(path)) return { file, list: [] };
  const value = parsed(readFileSync(path, 'utf8'), file);
  const { data, error } = movesSchema.safeParse(value);
  if (data) return { file, list: data };
  throw new InputError(
    error.issues.flatMap((issue) =>
      describeIssue(issue, value, movesSchema).map((finding) => problemLine({ file, ...finding })),
    ),
  );
}

function parsed(json: string, file: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    throw new InputError([`${file}: the file must be JSON, got something else; let make move write it`]);
  }
}
