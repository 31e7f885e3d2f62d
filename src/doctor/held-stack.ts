import type { StackPlace } from '../stacks/base-stack';
import type { SynthesizedStack } from '../synth';
import { parseConfig, readConfigText, type StackConfig } from '../terraform/stacks/stack-config';

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

export const argument = (body: Body, name: string) => {
  const value = body[name];
  return typeof value === 'string' ? value : '';
};

/** `aws_subnet.a` of `${aws_subnet.a.id}`; what is read from another stack stays as it is. */
export const addressIn = (text: string) => /^\$\{(aws_\w+\.[\w-]+)\.\w+\}$/.exec(text)?.[1] ?? text;

/**
 * A stack as each region sees it that something of it stands in: links have ends in two. What says no region of its own stands
 * where the stack does.
 */
export function inEachRegion<T extends HeldStack>(stack: T): readonly T[] {
  const { place, config } = stack;
  const regionOf = (body: Body) => argument(body, 'region') || place.region;
  const types = Object.entries(config.resource ?? {}) as readonly (readonly [string, Record<string, Body>])[];
  const elsewhere = types.flatMap(([, named]) => Object.values(named).map(regionOf));
  return [...new Set([place.region, ...elsewhere])].map((region) => ({
    ...stack,
    place: { ...place, region },
    config: {
      ...config,
      resource: Object.fromEntries(
        types.map(([type, named]) => [
          type,
          Object.fromEntries(Object.entries(named).filter(([, body]) => regionOf(body) === region)),
        ]),
      ),
    },
  }));
}
