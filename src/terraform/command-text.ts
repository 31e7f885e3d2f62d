/** What a run is about, as the make targets say it. */
export interface Target {
  /** An environment's name, `shared` or `account-<id>`. */
  readonly scope: string;
  readonly example?: string | undefined;
  readonly region?: string | undefined;
}

/** A command line that a message can tell its reader to run. */
export function makeCommand(command: string, { scope, example, region }: Target, rest = ''): string {
  const isEnvironment = !/^(shared|organization|account-\d{12})$/.test(scope);
  return [
    `make ${command} ${isEnvironment ? 'ENV' : 'SCOPE'}=${scope}`,
    ...(example === undefined ? [] : [`EXAMPLE=${example}`]),
    ...(region === undefined ? [] : [`REGION=${region}`]),
    ...(rest ? [rest] : []),
  ].join(' ');
}
