import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { TypeExpression } from './provider-schema';

/** One entry of a `…ToHclTerraform` function: how a property is written to Terraform. */
export interface Member {
  readonly name: string;
  readonly expression: string;
  readonly isBlock: boolean;
  readonly kind: string;
  readonly storage: string;
}

/** An attribute that can only be read: either of a plain type or of a class of the same module. */
export interface ComputedMember {
  readonly name: string;
  readonly type?: TypeExpression;
  readonly className?: string;
  readonly isSet: boolean;
}

export interface BindingClass {
  readonly base: string;
  readonly body: string;
  readonly computed: readonly ComputedMember[];
  /** Attributes of which the generated comments say whether they are computed. */
  readonly stated: ReadonlyMap<string, { readonly computed: boolean }>;
}

export interface BindingModule {
  readonly name: string;
  readonly structs: ReadonlyMap<string, readonly Member[]>;
  readonly classes: ReadonlyMap<string, BindingClass>;
  /** For each interface, which Terraform names may be left out. */
  readonly optional: ReadonlyMap<string, ReadonlyMap<string, boolean>>;
  /** The interface that holds the arguments of the resource itself. */
  readonly configInterface: string;
}

const MEMBER =
  /^ {8,12}([a-z]\w*|"[^"]+"): \{\n\s+value: (.*),\n\s+isBlock: (true|false),\n\s+type: "(\w+)",\n\s+storageClassType: "(\w+)",\n/gm;
const STRUCT = /^function (\w+)ToHclTerraform\(struct\) \{\n([\s\S]*?)^\}/gm;
const CLASS = /^class (\w+) extends cdktf\.(\w+) \{\n([\s\S]*?)^\}/gm;
const STATED =
  /\/\/ ([\w-]+) - computed: (true|false), optional: (true|false), required: (?:true|false)\n\s+(.*)\n(?:\s+return (.*);\n)?/g;
const CREATED = /= new ((?:cdktf|\w+_1)\.)?(\w+)\(this, "[^"]+"(?:, (true|false))?/;
const INTERFACE = /^export interface (\w+)([^{]*)\{\n([\s\S]*?)^\}/gm;
const PROPERTY = /\{@link \S+#(\S+) \S+\}(?:(?!\*\/)[\s\S])*?\*\/\n\s+readonly \w+(\??):/g;

/** The text of a capture group that the expression cannot match without. */
function group(match: RegExpMatchArray, index: number): string {
  return match[index] ?? '';
}

export function readMembers(text: string): Member[] {
  return [...text.matchAll(MEMBER)].map((match) => ({
    name: group(match, 1).replace(/"/g, ''),
    expression: group(match, 2),
    isBlock: match[3] === 'true',
    kind: group(match, 4),
    storage: group(match, 5),
  }));
}

const GETTERS: readonly (readonly [getter: string, type: TypeExpression])[] = [
  ['getStringMapAttribute', ['map', 'string']],
  ['getNumberMapAttribute', ['map', 'number']],
  ['getBooleanMapAttribute', ['map', 'bool']],
  ['getStringAttribute', 'string'],
  ['getNumberAttribute', 'number'],
  ['getBooleanAttribute', 'bool'],
];

function typeOfGetter(expression: string): TypeExpression | undefined {
  const plain = GETTERS.find(([getter]) => expression.includes(getter));
  if (plain) return plain[1];
  // Terraform cannot index a set, so the bindings convert sets, and only sets, to lists.
  const collection = expression.includes('Fn.tolist(') ? 'set' : 'list';
  if (expression.includes('getNumberListAttribute')) return [collection, 'number'];
  if (expression.includes('getListAttribute')) return [collection, 'string'];
  return undefined;
}

function readComputed(name: string, line: string, returned: string): ComputedMember {
  const created = CREATED.exec(line);
  if (!created) {
    const type = typeOfGetter(returned);
    return type === undefined ? { name, isSet: false } : { name, type, isSet: false };
  }
  const className = group(created, 2);
  if (created[1] !== 'cdktf.') return { name, className, isSet: created[3] === 'true' };
  const element = className.replace('Map', '').toLowerCase().replace('boolean', 'bool') as TypeExpression;
  return { name, type: ['map', element], isSet: false };
}

function readClass(base: string, body: string): BindingClass {
  const computed: ComputedMember[] = [];
  const stated = new Map<string, { computed: boolean }>();
  for (const match of body.matchAll(STATED)) {
    const name = group(match, 1);
    const isComputed = match[2] === 'true';
    stated.set(name, { computed: isComputed });
    const readOnly = isComputed && match[3] !== 'true';
    if (readOnly) computed.push(readComputed(name, group(match, 4), group(match, 5)));
  }
  return { base, body, computed, stated };
}

/** Large modules keep their structs in files of their own. */
function sourcesOf(folder: string): string[] {
  const extra = join(folder, 'index-structs');
  const parts = existsSync(extra) ? readdirSync(extra).filter((file) => /^structs\d+\.js$/.test(file)) : [];
  return [join(folder, 'index'), ...parts.map((file) => join(extra, file.slice(0, -'.js'.length)))];
}

/** Reads one module of the bindings: JavaScript for types and blocks, declarations for what is optional. */
export function readBindingModule(folder: string, name: string): BindingModule {
  const structs = new Map<string, Member[]>();
  const classes = new Map<string, BindingClass>();
  const optional = new Map<string, Map<string, boolean>>();
  let configInterface = '';
  for (const source of sourcesOf(folder)) {
    const code = readFileSync(`${source}.js`, 'utf8');
    for (const match of code.matchAll(STRUCT)) structs.set(group(match, 1), readMembers(group(match, 2)));
    for (const match of code.matchAll(CLASS)) {
      classes.set(group(match, 1), readClass(group(match, 2), group(match, 3)));
    }
    const declarations = readFileSync(`${source}.d.ts`, 'utf8');
    for (const match of declarations.matchAll(INTERFACE)) {
      if (group(match, 2).includes('TerraformMetaArguments')) configInterface = group(match, 1);
      const properties = [...group(match, 3).matchAll(PROPERTY)];
      optional.set(
        group(match, 1),
        new Map(properties.map((property) => [group(property, 1), property[2] === '?'])),
      );
    }
  }
  return { name, structs, classes, optional, configInterface };
}
