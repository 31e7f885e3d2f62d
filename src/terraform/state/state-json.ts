/** As much of a state, in version 4 of its format, as is looked at. */
export interface StateJson {
  readonly lineage?: string;
  readonly serial?: number;
  readonly resources?: readonly StateResource[];
  readonly outputs?: Readonly<Record<string, unknown>>;
}

export interface StateResource {
  readonly mode?: string;
  readonly type?: string;
  readonly name?: string;
  readonly instances?: readonly { readonly attributes?: Readonly<Record<string, unknown>> }[];
}

/** Holds secrets in clear: what is kept of it must hold no value. */
export const parseState = (text: string) => JSON.parse(text) as StateJson;
