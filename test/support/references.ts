import type { StackJson } from './estate';

/** `aws_vpc.network`, `data.aws_ssm_parameter.x`, `data.terraform_remote_state.foundation`, `ephemeral.…`. */
export function referencesIn(value: unknown): string[] {
  const found = new Set<string>();
  visit(value);
  return [...found];

  function visit(inner: unknown): void {
    if (typeof inner === 'string')
      expressionsIn(inner).forEach((text) => addresses(text).forEach((one) => found.add(one)));
    else if (typeof inner === 'object' && inner !== null) Object.values(inner).forEach(visit);
  }
}

/** What stands between `${` and its `}`, with nested braces. */
function expressionsIn(text: string): string[] {
  const found: string[] = [];
  for (let at = text.indexOf('${'); at >= 0; at = text.indexOf('${', at + 2)) {
    let depth = 1;
    let end = at + 2;
    while (end < text.length && depth > 0) {
      if (text[end] === '{') depth++;
      if (text[end] === '}') depth--;
      end++;
    }
    found.push(text.slice(at + 2, end - 1));
  }
  return found;
}

const ADDRESS = /\b((?:data\.|ephemeral\.)?(?:aws_[a-z0-9_]+|terraform_remote_state)\.[A-Za-z_][\w-]*)/g;
const addresses = (expression: string) => [...expression.matchAll(ADDRESS)].map((match) => match[1] ?? '');

/** Every address that a stack declares, with what it says. */
export function declared(stack: StackJson): Map<string, unknown> {
  const json = JSON.parse(stack.text) as Record<string, Record<string, Record<string, unknown>>>;
  const all = new Map<string, unknown>();
  for (const [section, prefix] of [
    ['resource', ''],
    ['data', 'data.'],
    ['ephemeral', 'ephemeral.'],
  ] as const) {
    for (const [type, named] of Object.entries(json[section] ?? {})) {
      for (const [name, body] of Object.entries(named)) all.set(`${prefix}${type}.${name}`, body);
    }
  }
  return all;
}

/** An expression that reads an output of another stack, as `[layer, output]`. */
export function remoteOutput(value: unknown): [layer: string, output: string] | undefined {
  const match = /^\$\{data\.terraform_remote_state\.([\w-]+)\.outputs\.([\w-]+)\}$/.exec(String(value));
  return match?.[1] !== undefined && match[2] !== undefined ? [match[1], match[2]] : undefined;
}

/** `${aws_vpc.network.id}` as `aws_vpc.network`. */
export const addressIn = (value: unknown): string | undefined => referencesIn(value)[0];
