import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { TerraformDataSource, TerraformResource, type TerraformStack } from 'cdktf';
import { Construct, type IConstruct } from 'constructs';
import { adoptedId } from '../../modules/adoption/adopt';
import { PROJECT_FOLDER, readEstate, type WrittenEstate } from '../config/load';
import { valueAt } from '../config/merge';
import { closest } from '../config/problem';
import { InputError } from '../errors';
import { stateBackend, type BaseStack } from '../stacks/base-stack';
import { buildStacks, type SynthOptions } from '../synth';
import { settingOf } from '../terraform/stacks/setting-of';

export interface ExplainOptions extends Omit<SynthOptions, 'out'> {
  /** As Terraform prints it, or behind the id of a stack and a slash where only that stack is meant. */
  readonly address: string;
}

type Element = TerraformResource | TerraformDataSource;

/** Says of an address which setting, file and module have made it, in each stack that has it. */
export async function runExplain(
  { address, ...options }: ExplainOptions,
  write: (text: string) => void = (text) => process.stdout.write(text),
): Promise<void> {
  const stacks = await buildStacks(options);
  const elements = stacks.flatMap((stack) =>
    elementsIn(stack).map((element) => ({ stack, element, address: addressOf(element) })),
  );
  const wanted = elements.filter(
    (one) => one.address === address || `${one.stack.node.id}/${one.address}` === address,
  );
  if (wanted.length === 0) {
    const known = [...new Set(elements.map((one) => one.address))];
    const word = address.slice(address.indexOf('/') + 1);
    throw new InputError([
      `ADDRESS must be the address of a resource, got "${address}"; ${nearest(word, known)}`,
    ]);
  }
  const written = await readEstate(options);
  for (const { stack, element } of wanted) write(explained(stack, element, written));
}

function explained(stack: BaseStack, element: Element, written: WrittenEstate): string {
  const { bucket, key } = stateBackend(stack.place);
  const existing = adoptedId(element);
  const rows = [
    ['setting', settingText(stack, element, written)],
    ['made by', makersOf(element).join(', in ')],
    ...(existing === undefined ? [] : [['taken over', `from ${existing}`] as const]),
    ['construct', element.node.path.split('/').slice(1).join('/')],
    ['state', `s3://${bucket}/${key}`],
  ] as const;
  const lines = rows.map(([what, text]) => `  ${what.padEnd(existing === undefined ? 9 : 10)}  ${text}`);
  return `${stack.node.id}\n${lines.join('\n')}\n`;
}

/** The entry, and every file that says a part of it, the one that wins first. */
function settingText({ place }: BaseStack, element: Element, written: WrittenEstate): string {
  if (place.scope === 'shared') return `shared, in ${written.sharedFile}`;
  const file = written.environments[place.scope];
  const setting = settingOf(addressOf(element).replace(/^data\./, ''), place.region);
  if (!file || setting === undefined) return 'none: wherever the stack is';
  const path = setting.split('.');
  const said = (['overrides', 'blueprint'] as const).filter((one) => valueAt(file[one], path) !== undefined);
  const files = [...new Set(said.map((one) => written.fileOf(place.scope, one)))];
  return `${setting}, ${files.length > 0 ? `in ${files.join(' and ')}` : 'by default'}`;
}

/** The constructs around a resource, the nearest first, each with the file that its class is in. */
function makersOf(element: Element): string[] {
  const around = [...element.node.scopes].reverse().slice(1);
  return around.flatMap((scope) => {
    const { name } = scope.constructor;
    const file = scope.constructor === Construct ? undefined : classFiles().get(name);
    return file === undefined ? [] : [`${name} (${file})`];
  });
}

let files: ReadonlyMap<string, string> | undefined;
/** Where each class of ours is written. */
const classFiles = (): ReadonlyMap<string, string> =>
  (files ??= new Map(
    ['modules', 'src/stacks'].flatMap((folder) =>
      readdirSync(join(PROJECT_FOLDER, folder), { recursive: true, withFileTypes: true })
        .filter((entry) => entry.name.endsWith('.ts'))
        .flatMap((entry): [string, string][] => {
          const file = join(entry.parentPath, entry.name);
          const classes = readFileSync(file, 'utf8').matchAll(/^(?:export )?(?:abstract )?class (\w+)/gm);
          return [...classes].map(([, name = '']) => [name, relative(PROJECT_FOLDER, file)]);
        }),
    ),
  ));

const elementsIn = (stack: TerraformStack): Element[] =>
  stack.node.findAll().filter((one: IConstruct): one is Element => isElement(one));

const isElement = (one: IConstruct) =>
  TerraformResource.isTerraformResource(one) || TerraformDataSource.isTerraformDataSource(one);

function addressOf(element: Element): string {
  const prefix = TerraformDataSource.isTerraformDataSource(element) ? 'data.' : '';
  return `${prefix}${element.terraformResourceType}.${element.friendlyUniqueId}`;
}

/** More of them would be no hint. */
const MOST_HINTS = 5;

/** What was probably meant; else some of what holds the name, or is of the type. */
function nearest(word: string, known: readonly string[]): string {
  const dot = word.lastIndexOf('.');
  const name = word.slice(dot + 1);
  const sameType = dot < 0 ? [] : known.filter((one) => one.startsWith(word.slice(0, dot + 1)));
  const meant = closest(word, sameType) ?? closest(word, known);
  if (meant !== undefined) return `did you mean "${meant}"?`;
  const sameName = known.filter((one) => name !== '' && one.includes(name));
  const [hints] = [sameName, sameType].filter(({ length }) => length > 0);
  if (!hints) return 'terraform state list prints them';
  const more = hints.length - MOST_HINTS;
  return `there is ${hints.slice(0, MOST_HINTS).join(', ')}${more > 0 ? `, and ${more} more like these` : ''}`;
}
