import { CommandError } from '../errors';

/** One line of `make doctor`. A warning needs a look and stops nothing. */
export interface Finding {
  readonly state: 'ok' | 'warning' | 'fault' | 'cannot tell';
  readonly text: string;
}

export const ok = (text: string): Finding => ({ state: 'ok', text });
export const warning = (text: string): Finding => ({ state: 'warning', text });
export const fault = (text: string): Finding => ({ state: 'fault', text });
export const cannotTell = (text: string): Finding => ({ state: 'cannot tell', text });

const STATE_WIDTH = 'cannot tell'.length;

export const findingLines = ({ state, text }: Finding): readonly string[] =>
  text.split('\n').map((line) => `${state.padEnd(STATE_WIDTH)}  ${line}`);

/** What somebody else does not answer is no fault of the environment's: it must not hide the other findings. */
export async function unlessUnanswered(
  ask: () => Promise<readonly Finding[]>,
  otherwise: (text: string) => Finding = cannotTell,
): Promise<readonly Finding[]> {
  try {
    return await ask();
  } catch (error) {
    if (error instanceof CommandError) return [otherwise(error.message)];
    throw error;
  }
}
