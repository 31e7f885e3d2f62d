import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { HAND_WRITTEN_RULES } from './hand-written-rules';

/**
 * What the provider itself holds a resource type to, beyond names and types of its arguments. Arguments are
 * named by their paths: `launch_template.name`.
 */
export interface TypeRules {
  /** A change of one of these replaces the resource. Of a block: a change of how many there are. */
  readonly replaces?: readonly string[];
  /** Pairs that exclude each other. */
  readonly conflicts?: readonly (readonly [string, string])[];
  /** Groups, held in each block that the first one stands in. */
  readonly exactlyOne?: readonly (readonly string[])[];
  readonly atLeastOne?: readonly (readonly string[])[];
  /** The first of each group can stand only together with all others. */
  readonly requires?: readonly (readonly string[])[];
}

export interface ProviderRules {
  /** Version of the provider that they were read from. */
  readonly version: string;
  readonly types: Readonly<Record<string, TypeRules>>;
}

export const RULES_FILE = join(__dirname, 'provider-rules.json');

let recorded: ProviderRules | undefined;

export function providerRules(): ProviderRules {
  recorded ??= JSON.parse(readFileSync(RULES_FILE, 'utf8')) as ProviderRules;
  return recorded;
}

/** All rules of a type, read from the provider and written by hand. */
export function rulesOfType(type: string): Required<TypeRules> {
  const read = providerRules().types[type] ?? {};
  const written = HAND_WRITTEN_RULES[type] ?? {};
  return {
    replaces: [...(read.replaces ?? []), ...(written.replaces ?? [])],
    conflicts: [...(read.conflicts ?? []), ...(written.conflicts ?? [])],
    exactlyOne: [...(read.exactlyOne ?? []), ...(written.exactlyOne ?? [])],
    atLeastOne: [...(read.atLeastOne ?? []), ...(written.atLeastOne ?? [])],
    requires: [...(read.requires ?? []), ...(written.requires ?? [])],
  };
}
