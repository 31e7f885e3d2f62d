import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { HandedTo } from '../../stacks/handovers';
import type { StateLocation } from '../state/state-store';

type Blocks = Readonly<Record<string, Readonly<Record<string, unknown>>>>;

/** What the driver looks at in a stack's cdk.tf.json. */
export interface StackConfig {
  readonly terraform: {
    readonly backend?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
    readonly required_providers?: unknown;
  };
  readonly resource?: Blocks;
  readonly data?: Blocks;
  readonly output?: Readonly<Record<string, { readonly value?: unknown }>>;
  readonly removed?: readonly {
    readonly from: string;
    readonly '//'?: { readonly movedTo?: HandedTo };
  }[];
}

export const CONFIG_FILE = 'cdk.tf.json';

export const readConfigText = (folder: string) => readFileSync(join(folder, CONFIG_FILE), 'utf8');

export const parseConfig = (text: string) => JSON.parse(text) as StackConfig;

export const holdsAnything = (text: string) => Object.keys(parseConfig(text).resource ?? {}).length > 0;

/** What a stack leaves to others: its own address, and where it goes on. */
export const movesOut = (text: string): readonly { readonly from: string; readonly to: HandedTo }[] =>
  (parseConfig(text).removed ?? []).flatMap(({ from, '//': note }) =>
    note?.movedTo ? [{ from, to: note.movedTo }] : [],
  );

/** A state of another stack that this one reads, and the outputs that it uses. */
export interface StateRead {
  readonly location: StateLocation;
  readonly outputs: readonly string[];
}

export function statesRead(text: string): readonly StateRead[] {
  const states = Object.entries(parseConfig(text).data?.['terraform_remote_state'] ?? {});
  return states.map(([name, state]) => {
    const { bucket = '', key = '', region = '' } = (state as { config: Partial<StateLocation> }).config;
    const uses = text.matchAll(
      new RegExp(`data\\.terraform_remote_state\\.${name}\\.outputs\\.([\\w-]+)`, 'g'),
    );
    return {
      location: { bucket, key, region },
      outputs: [...new Set([...uses].map((use) => use[1] ?? ''))].sort(),
    };
  });
}

/** A parameter that must be there before a plan can be made, or its tasks start. */
export interface NeededParameter {
  readonly region: string;
  readonly name: string;
  /** Whether it is handed to a container as a secret. */
  readonly secret: boolean;
}

/** Parameters that data sources read, and those that container definitions name as secrets. */
export function parametersNeeded(text: string, stackRegion: string): readonly NeededParameter[] {
  const read = Object.values(parseConfig(text).data?.['aws_ssm_parameter'] ?? {}).map((block) => {
    const { name, region = stackRegion } = block as { name: string; region?: string };
    return { name, region, secret: false };
  });
  // container definitions are JSON or an expression inside of a JSON string: quotes may be escaped
  const secrets = [
    ...text.matchAll(
      /valueFrom\\*"?\s*[:=]\s*\\*"arn:aws[\w-]*:ssm:([a-z0-9-]+):\d{12}:parameter(\/[\w./-]+)/g,
    ),
  ].map(([, region = stackRegion, name = '']) => ({ name, region, secret: true }));
  const known = new Map<string, NeededParameter>();
  for (const one of [...read, ...secrets]) {
    // AWS's own are always there; a name that is computed is not known yet
    if (!one.name.startsWith('/aws/') && !one.name.includes('${'))
      known.set(`${one.region} ${one.name}`, one);
  }
  return [...known.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}
