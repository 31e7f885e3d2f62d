import type { DatabaseAccess } from '../../modules/database/database-access';
import type { QueueAccess } from '../../modules/messaging/queue-access';
import type { CapabilityName, EnvironmentInput, SharedInput } from './schema';

/** Everything optional, all the way down; arrays are replaced as a whole. */
type Patch<T> = T extends readonly unknown[] ? T : T extends object ? { [K in keyof T]?: Patch<T[K]> } : T;

type Entry<Name extends CapabilityName> = NonNullable<EnvironmentInput[Name]>[string];
type Rest = Omit<EnvironmentInput, CapabilityName>;

/**
 * The names that `uses` may say, one type parameter for each map: D databases, C caches, B buckets, Q queues,
 * O outside, S services. The compiler gathers them from the maps and refuses every other name. A capability that services can use
 * adds a parameter here and in the functions below.
 */
interface Uses<
  D extends string,
  C extends string,
  B extends string,
  Q extends string,
  O extends string,
  S extends string,
> {
  // a list is no map, also where there is no name that a map could have
  databases?: D[] | ({ [Name in D]?: DatabaseAccess } & { [Symbol.iterator]?: never });
  caches?: C[];
  buckets?: { [Name in B]?: 'read' | 'read-write' };
  queues?: { [Name in Q]?: QueueAccess };
  outside?: O[];
  services?: S[];
}
type Service<
  D extends string,
  C extends string,
  B extends string,
  Q extends string,
  O extends string,
  S extends string,
> = Omit<Entry<'services'>, 'uses'> & {
  /** What it talks to: rules, permissions, variables and endpoints follow from it. */
  uses?: Uses<D, C, B, Q, O, S>;
};

/** What environments share. Its entries are complete; each environment may change any part of them. */
export interface Blueprint<
  D extends string,
  C extends string,
  B extends string,
  Q extends string,
  O extends string,
  S extends string,
> extends Patch<Rest> {
  databases?: Record<D, Entry<'databases'>>;
  caches?: Record<C, Entry<'caches'>>;
  buckets?: Record<B, Entry<'buckets'>>;
  queues?: Record<Q, Entry<'queues'>>;
  outside?: Record<O, Entry<'outside'>>;
  capacity?: Record<string, Entry<'capacity'>>;
  loadBalancers?: Record<string, Entry<'loadBalancers'>>;
  sites?: Record<string, Entry<'sites'>>;
  services?: Record<S, Service<NoInfer<D>, NoInfer<C>, NoInfer<B>, NoInfer<Q>, NoInfer<O>, NoInfer<S>>>;
}

/** All of an entry if it is new, any part of it if the blueprint has it, `null` to leave it out. */
type Changes<Known extends string, Mine extends string, T> = { [Name in Known]?: Patch<T> | null } & {
  [Name in Mine]: Name extends Known ? Patch<T> | null : T;
};

/** What an environment says itself: `D`, `C`, `B`, `Q`, `O`, `S` are the blueprint's names, `D2` and so on its own. */
export interface Overrides<
  D extends string,
  C extends string,
  B extends string,
  Q extends string,
  O extends string,
  S extends string,
  D2 extends string,
  C2 extends string,
  B2 extends string,
  Q2 extends string,
  O2 extends string,
  S2 extends string,
> extends Rest {
  databases?: Changes<D, D2, Entry<'databases'>>;
  caches?: Changes<C, C2, Entry<'caches'>>;
  buckets?: Changes<B, B2, Entry<'buckets'>>;
  queues?: Changes<Q, Q2, Entry<'queues'>>;
  outside?: Changes<O, O2, Entry<'outside'>>;
  capacity?: Record<string, Patch<Entry<'capacity'>> | null>;
  loadBalancers?: Record<string, Patch<Entry<'loadBalancers'>> | null>;
  sites?: Record<string, Patch<Entry<'sites'>> | null>;
  services?: Changes<
    S,
    S2,
    Service<
      NoInfer<D | D2>,
      NoInfer<C | C2>,
      NoInfer<B | B2>,
      NoInfer<Q | Q2>,
      NoInfer<O | O2>,
      NoInfer<S | S2>
    >
  >;
}

/** An environment as written, before it is merged and checked. */
export interface EnvironmentFile {
  readonly blueprint: object;
  readonly overrides: object;
}

/** What `environments/index.ts` and `environments/examples/<name>/index.ts` export. */
export interface EstateFile {
  readonly environments: Readonly<Record<string, EnvironmentFile>>;
  readonly shared?: SharedInput;
}

/** What several environments have in common. */
export function defineBlueprint<
  D extends string = never,
  C extends string = never,
  B extends string = never,
  Q extends string = never,
  O extends string = never,
  S extends string = never,
>(blueprint: Blueprint<D, C, B, Q, O, S>): Blueprint<D, C, B, Q, O, S> {
  return blueprint;
}

/**
 * One environment: the blueprint, and what is different here. Maps merge, arrays replace, `null` removes an
 * entry of the blueprint.
 */
export function defineEnvironment<
  D extends string,
  C extends string,
  B extends string,
  Q extends string,
  O extends string,
  S extends string,
  D2 extends string = never,
  C2 extends string = never,
  B2 extends string = never,
  Q2 extends string = never,
  O2 extends string = never,
  S2 extends string = never,
>(
  blueprint: Blueprint<D, C, B, Q, O, S>,
  overrides: Overrides<
    NoInfer<D>,
    NoInfer<C>,
    NoInfer<B>,
    NoInfer<Q>,
    NoInfer<O>,
    NoInfer<S>,
    D2,
    C2,
    B2,
    Q2,
    O2,
    S2
  >,
): EnvironmentFile {
  return { blueprint, overrides };
}

/** What belongs to no single environment. */
export function defineShared(shared: SharedInput): SharedInput {
  return shared;
}
