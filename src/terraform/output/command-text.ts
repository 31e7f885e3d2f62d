/** What a run is about, as the make targets say it. */
export interface Target {
  /** An environment's name, `shared` or `account-<id>`. */
  readonly scope: string;
  readonly example?: string | undefined;
  readonly region?: string | undefined;
}

/** Whether a scope is an environment, which has settings of its own. */
export const isEnvironment = (scope: string) => !/^(shared|organization|account-\d{12})$/.test(scope);

/** A command line that a message can tell its reader to run. */
export function makeCommand(command: string, { scope, example, region }: Target, rest = ''): string {
  return [
    `make ${command} ${isEnvironment(scope) ? 'ENV' : 'SCOPE'}=${scope}`,
    ...(example === undefined ? [] : [`EXAMPLE=${example}`]),
    ...(region === undefined ? [] : [`REGION=${region}`]),
    ...(rest ? [rest] : []),
  ].join(' ');
}
