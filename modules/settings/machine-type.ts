import { z } from 'zod';

/** Sizes that exist, by family: `{ r8g: ['large', 'xlarge'] }`. */
export type Sizes = Readonly<Record<string, readonly string[]>>;

export interface MachineTypes {
  /** In the words of a message: `a class that Aurora MySQL 3 runs`. */
  readonly what: string;
  /** What all begin with: `db`. @default nothing before the family */
  readonly prefix?: string;
  readonly sizes: Sizes;
  /** Types of no family, written in full: `db.serverless`. @default none */
  readonly others?: readonly string[];
  readonly example: string;
  /** Where what AWS has added since is added. */
  readonly file: string;
}

/** The type of a machine, as AWS has it: one that only looks like it is found by nobody before the apply. */
export const machineType = (types: MachineTypes) =>
  z.string().superRefine((text, context) => {
    const message = whatIsWrong(text, types);
    if (message !== undefined) context.addIssue({ code: 'custom', message });
  });

/** @returns `<rule>; <remedy>`, or nothing if there is such a machine */
function whatIsWrong(
  text: string,
  { what, prefix, sizes, others = [], example, file }: MachineTypes,
): string | undefined {
  if (others.includes(text)) return undefined;
  const parts = text.split('.');
  const first = prefix === undefined ? undefined : parts.shift();
  const [family = '', size = '', ...rest] = parts;
  const known = Object.hasOwn(sizes, family) ? sizes[family] : undefined;
  if (first !== prefix || rest.length > 0 || known === undefined) {
    return `be ${what}: one of ${[...Object.keys(sizes), ...others].join(', ')}; write it like ${example}, or add what is new to ${file}`;
  }
  if (known.includes(size)) return undefined;
  return `be a size of ${prefix === undefined ? family : `${prefix}.${family}`}: one of ${known.join(', ')}; choose one of them`;
}
