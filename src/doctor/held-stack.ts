import type { StackPlace } from '../stacks/base-stack';
import type { SynthesizedStack } from '../synth';
import { parseConfig, readConfigText, type StackConfig } from '../terraform/stack-config';

/** A stack as it was synthesized, for what asks what it holds. */
export interface HeldStack {
  readonly id: string;
  readonly place: StackPlace;
  readonly text: string;
  readonly config: StackConfig;
}

export type Body = Readonly<Record<string, unknown>>;

export function heldStack({ id, place, folder }: SynthesizedStack): HeldStack {
  const text = readConfigText(folder);
  return { id, place, text, config: parseConfig(text) };
}

/** Names and arguments of a stack's resources of one type. */
export const resourcesOf = ({ config }: HeldStack, type: string) =>
  Object.entries(config.resource?.[type] ?? {}) as readonly (readonly [name: string, body: Body])[];
