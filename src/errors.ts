/** What a command ends with when it cannot do what it was asked: one line, and an exit code that scripts can rely on. */
export abstract class CommandError extends Error {
  abstract readonly exitCode: number;
}

/** The run itself failed: Terraform, AWS, the disk. */
export class RunError extends CommandError {
  readonly exitCode = 1;
}

/** The input is wrong: a setting, an option, a name. */
export class InputError extends CommandError {
  readonly exitCode = 2;
  /** @param problems one line each, all of them at once */
  constructor(
    readonly problems: readonly string[],
    options?: ErrorOptions,
  ) {
    super(problems.join('\n'), options);
  }
}

/** It could be done but must not, unless somebody says so explicitly. */
export class RefusedError extends CommandError {
  readonly exitCode = 3;
}

/** What exists differs from what the code says. */
export class DriftError extends CommandError {
  readonly exitCode = 4;
}
