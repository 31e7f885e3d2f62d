/** Where commands say what happens; tests collect it. */
export interface Reporter {
  /** One line of the result. */
  line(text: string): void;
  /** What is odd but does no harm. */
  warn(text: string): void;
  /** What is going on right now: shown on a terminal only, and gone with the next line. */
  status(text: string): void;
}

interface Output {
  readonly isTTY?: boolean;
  readonly columns?: number;
  write(text: string): unknown;
}

const CLEAR_LINE = '\r\u001b[K';

export function reporterTo(output: Output, errors: Output): Reporter {
  const isTerminal = output.isTTY === true;
  return {
    line: (text) => output.write(`${isTerminal ? CLEAR_LINE : ''}${text}\n`),
    warn: (text) => errors.write(`${isTerminal ? CLEAR_LINE : ''}warning: ${text}\n`),
    status(text) {
      // a status that wraps could not be cleared any more; some terminals say that they have no columns
      if (isTerminal) output.write(`${CLEAR_LINE}${text.slice(0, (output.columns || 80) - 1)}`);
    },
  };
}
