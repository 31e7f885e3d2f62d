import { mkdirSync, renameSync, writeFileSync } from 'node:fs';
import { dirname, relative } from 'node:path';
import { PROJECT_FOLDER } from '../config/load';
import { readMoves, type Move } from '../config/moves';
import { didYouMean } from '../config/problem';
import { InputError, RefusedError } from '../errors';
import { partsOfStackId } from '../stacks/base-stack';
import type { SynthesizedStack } from '../synth';
import { makeCommand } from '../terraform/output/command-text';
import { importIdOf, isImportable } from '../terraform/plan/import-ids';
import { checkAccounts } from '../terraform/stacks/prepare-run';
import { entryOf } from '../terraform/stacks/setting-of';
import { parseConfig, readConfigText } from '../terraform/stacks/stack-config';
import { parseState, type StateResource } from '../terraform/state/state-json';
import { stateLocation } from '../terraform/state/state-store';
import { surroundings, type Surroundings } from '../terraform/stacks/surroundings';
import { WorkFolder } from '../terraform/binary/work-folder';

export interface MoveOptions {
  readonly example?: string | undefined;
  /** `<stack>:<address or entry>` */
  readonly from: string;
  /** `<stack>`, and behind a colon the address or entry where it has another one there. */
  readonly to: string;
}

interface End {
  readonly stack: SynthesizedStack;
  /** An address, or an entry such as `databases.orders`. */
  readonly what: string | undefined;
}

/**
 * Writes down that resources go on in another stack: what synthesis then makes `import` and `removed` blocks of. It
 * reads states and changes none; the settings, or the code, must make the resources in the new stack already.
 */
export async function runMove(options: MoveOptions, outside: Surroundings = surroundings()): Promise<void> {
  const { from, to } = await endsOf(options, outside);
  await checkAccounts([from.stack, to.stack], outside);
  const moved = await movedResources(from, to, outside);
  const problems = moved.flatMap((one) => ('problem' in one ? [one.problem] : []));
  if (problems.length > 0) throw new RefusedError(problems.join('\n'));
  const resources = moved.flatMap((one) => ('problem' in one ? [] : [one]));
  refuseUnprepared(from.stack, to.stack, resources);
  const file = write(options, { from: from.stack.id, to: to.stack.id, resources }, outside);
  for (const { from: old, to: now, id } of resources)
    outside.reporter.line(`${old} -> ${now}, imported by ${id}`);
  const run = (command: string, { place }: SynthesizedStack) =>
    makeCommand(command, { scope: place.scope, example: options.example });
  outside.reporter.line(
    `${file} says so; look at it, commit it, then: ${run('plan', to.stack)} && ${run('apply', to.stack)} takes over, and ${run('plan', from.stack)} && ${run('apply', from.stack)} lets go`,
  );
}

async function endsOf(options: MoveOptions, outside: Surroundings): Promise<{ from: End; to: End }> {
  const [from, to] = [split(options.from), split(options.to)];
  const usage = 'write it like dev-us-east-1-foundation:aws_sns_topic.alerts';
  if (from.what === undefined)
    throw new InputError([`FROM must be a stack and an address or entry, got "${options.from}"; ${usage}`]);
  const known = await outside.scopes({ example: options.example });
  const scopes = [
    ...new Set(
      Object.entries({ FROM: from.id, TO: to.id }).map(([variable, id]) => {
        const parts = partsOfStackId(id);
        if (parts && known.includes(parts.scope)) return parts.scope;
        if (parts)
          throw new InputError([
            `${variable} must begin with the id of a stack, got "${id}"; its first word is a scope: ${didYouMean(parts.scope, known)}`,
          ]);
        throw new InputError([`${variable} must begin with the id of a stack, got "${id}"; ${usage}`]);
      }),
    ),
  ];
  const out = new WorkFolder(outside.workFolder).synthesized(`move-${scopes.join('-')}`);
  const { stacks } = await outside.synthesize({ example: options.example, scopes, out });
  const find = (variable: string, { id, what }: ReturnType<typeof split>): End => {
    const stack = stacks.find((one) => one.id === id);
    if (stack) return { stack, what };
    const ids = stacks.map((one) => one.id);
    throw new InputError([
      `${variable} must begin with the id of a stack, got "${id}"; ${didYouMean(id, ids)}`,
    ]);
  };
  const ends = { from: find('FROM', from), to: find('TO', to) };
  const [old, now] = [ends.from.stack, ends.to.stack];
  if (old.id === now.id)
    throw new InputError([
      `TO must name another stack than FROM, got "${now.id}"; within a stack renamedFrom moves an entry`,
    ]);
  if (old.place.account !== now.place.account || old.place.region !== now.place.region)
    throw new InputError([
      `TO must name a stack of the account and region of FROM, ${old.place.account} and ${old.place.region}, got "${now.id}"; what is in another one has to be made anew`,
    ]);
  return ends;
}

function split(text: string): { readonly id: string; readonly what: string | undefined } {
  const at = text.indexOf(':');
  return at < 0 ? { id: text, what: undefined } : { id: text.slice(0, at), what: text.slice(at + 1) };
}

type Moved = Move['resources'][number] | { readonly problem: string };

async function movedResources(
  { stack, what = '' }: End,
  to: End,
  { states }: Surroundings,
): Promise<readonly Moved[]> {
  const text = (await states.text(stateLocation(stack.place))) ?? '{}';
  // what Terraform only keeps for itself cannot be imported with its value, and is made anew
  const managed = (parseState(text).resources ?? []).filter(
    ({ mode, type }) => mode === 'managed' && type !== 'terraform_data',
  );
  const addressOf = ({ type, name }: StateResource) => `${type}.${name}`;
  const isEntry = managed.some((one) => entryOf(addressOf(one)) === what);
  const found = managed.filter((one) => addressOf(one) === what || entryOf(addressOf(one)) === what);
  if (found.length === 0) {
    const known = managed.flatMap((one) => [addressOf(one), entryOf(addressOf(one)) ?? []].flat());
    throw new InputError([
      `FROM must name what the state of ${stack.id} holds, got "${what}"; ${didYouMean(what, [...new Set(known)])}`,
    ]);
  }
  return found.map((resource): Moved => {
    const [type = '', from] = [resource.type, addressOf(resource)];
    const instances = resource.instances ?? [];
    if (!isImportable(type))
      return {
        problem: `${stack.id}: ${from} must be of a type that can be imported, got ${type}; it has to be made anew`,
      };
    const id = importIdOf(type, instances[0]?.attributes ?? {});
    if (instances.length !== 1 || id === undefined)
      return {
        problem: `${stack.id}: ${from} must be one resource whose id its state says, got ${instances.length === 1 ? 'one without' : instances.length}; move it with terraform`,
      };
    return { from, to: isEntry ? renamed(from, what, to.what ?? what) : (to.what ?? from), id };
  });
}

/** The address of a part of an entry after that has got another name: `databases_orders` begins it. */
function renamed(address: string, entry: string, other: string): string {
  const [type = '', name = ''] = address.split('.');
  const [before, now] = [entry, other].map((one) => one.replace('.', '_'));
  return `${type}.${now}${name.slice(before?.length ?? 0)}`;
}

function refuseUnprepared(from: SynthesizedStack, to: SynthesizedStack, resources: Move['resources']): void {
  const makes = (stack: SynthesizedStack) => {
    const { resource = {} } = parseConfig(readConfigText(stack.folder));
    return (address: string) => {
      const [type = '', name = ''] = address.split('.');
      return Object.hasOwn(resource[type] ?? {}, name);
    };
  };
  const [still, already] = [makes(from), makes(to)];
  const lines = resources.flatMap((one) => [
    ...(still(one.from)
      ? [
          `${from.id}: ${one.from} must no longer be made here, got a stack with it; change the settings or the code first`,
        ]
      : []),
    ...(already(one.to)
      ? []
      : [
          `${to.id}: ${one.to} must be made here, got a stack without it; change the settings or the code first`,
        ]),
  ]);
  if (lines.length > 0) throw new RefusedError(lines.join('\n'));
}

/** @returns the file, from the top folder */
function write(options: MoveOptions, move: Move, { movesPath }: Surroundings): string {
  const path = movesPath(options);
  const file = relative(PROJECT_FOLDER, path);
  const { list } = readMoves(path, file);
  const isSame = (one: Move) => one.from === move.from && one.to === move.to;
  const known = new Set(move.resources.map(({ from }) => from));
  const kept = (list.find(isSame)?.resources ?? []).filter(({ from }) => !known.has(from));
  const moves = [...list.filter((one) => !isSame(one)), { ...move, resources: [...kept, ...move.resources] }];
  mkdirSync(dirname(path), { recursive: true });
  const draft = `${path}.${process.pid}.draft`;
  writeFileSync(draft, `${JSON.stringify(moves, undefined, 2)}\n`);
  renameSync(draft, path);
  return file;
}
