import type { Naming } from '../naming/naming';
import type { PhysicalName } from '../naming/name-rules';

/** A setting of one entry that cannot be built, or must not be. */
export interface Problem {
  /** Below the entry, e.g. `['readers', 'min']`. */
  readonly path: readonly (string | number)[];
  /** Completes "… must", e.g. `be at least 1 in production`. */
  readonly rule: string;
  /** What to do, e.g. `raise it, so that …`. */
  readonly remedy: string;
}

/** What the rules of a capability know of the environment that they look at. */
export interface RuleContext {
  /** Whether losing the environment, or its data, hurts customers. */
  readonly production: boolean;
  readonly regions: readonly { readonly name: string; readonly role: 'primary' | 'standby' }[];
  /** The environment's public domain, if it has one. */
  readonly domain: string | undefined;
}

/**
 * What a capability adds to its settings schema: rules that look at more than one value, what production
 * refuses, and the names that it will ask AWS for. All entries are checked before anything is built.
 */
export interface CapabilityRules<Settings> {
  problems(name: string, settings: Settings, context: RuleContext): readonly Problem[];
  names(name: string, settings: Settings, naming: Naming): readonly PhysicalName[];
}

/** What a capability that services can name in `uses` adds to that. */
export interface UsableRules<Settings> extends CapabilityRules<Settings> {
  /** The variables that its use sets, in any region. All begin with the name of the kind, as DATABASE_ does. */
  variables(name: string, settings: Settings): readonly string[];
  /** Names of services that cannot have a user of their own, since it exists already. @default none */
  readonly takenUsers?: readonly string[];
  /** The same of one entry alone. @default none */
  ownUsers?(settings: Settings): readonly string[];
}
