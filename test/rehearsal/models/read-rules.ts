import type { Block } from '../schema/provider-schema';
import { fieldOf, type GoExpression } from './go-literals';
import type { GoPackage } from './go-package';
import type { TypeRules } from './provider-rules';

interface Collected {
  readonly replaces: Set<string>;
  readonly conflicts: Map<string, [string, string]>;
  readonly exactlyOne: Map<string, string[]>;
  readonly atLeastOne: Map<string, string[]>;
  readonly requires: Map<string, string[]>;
}

const FIELDS = ['ConflictsWith', 'ExactlyOneOf', 'AtLeastOneOf', 'RequiredWith'] as const;

/** Reads the rules of one resource type out of the function that describes it. */
export class RuleReader {
  private readonly found: Collected = {
    replaces: new Set(),
    conflicts: new Map(),
    exactlyOne: new Map(),
    atLeastOne: new Map(),
    requires: new Map(),
  };
  /** Groups whose members the package does not name; each is told to who records. */
  readonly unread: string[] = [];

  constructor(
    private readonly source: GoPackage,
    private readonly block: Block,
  ) {}

  /** Undefined where the function does not describe its arguments in a way that can be read. */
  read(factory: string): TypeRules | undefined {
    const resource = this.source.resolve(this.source.resultOf(factory));
    const schema = this.schemaIn(resource);
    if (!schema) return undefined;
    this.visit(schema, this.block, '');
    const { replaces, conflicts, exactlyOne, atLeastOne, requires } = this.found;
    return {
      ...(replaces.size > 0 && { replaces: [...replaces].sort() }),
      ...(conflicts.size > 0 && { conflicts: sorted(conflicts) }),
      ...(exactlyOne.size > 0 && { exactlyOne: sorted(exactlyOne) }),
      ...(atLeastOne.size > 0 && { atLeastOne: sorted(atLeastOne) }),
      ...(requires.size > 0 && { requires: sorted(requires) }),
    };
  }

  private schemaIn(resource: GoExpression): GoExpression | undefined {
    const given = fieldOf(resource, 'Schema') ?? fieldOf(resource, 'SchemaFunc');
    const schema = given && this.source.resolve(given);
    return schema?.kind === 'literal' ? schema : undefined;
  }

  private visit(schema: GoExpression, block: Block, before: string): void {
    if (schema.kind !== 'literal') return;
    for (const { key, value } of schema.entries) {
      const name = key && this.nameOf(key, [...Object.keys(block.attributes), ...Object.keys(block.blocks)]);
      if (name === undefined) continue;
      const path = before + name;
      const description = this.source.resolve(value);
      const force = fieldOf(description, 'ForceNew');
      if (force?.kind === 'name' && force.name === 'true') this.found.replaces.add(path);
      for (const field of FIELDS) this.group(field, path, fieldOf(description, field));
      const nested = block.blocks[name]?.block;
      const inside = fieldOf(description, 'Elem');
      const elements = inside && this.schemaIn(this.source.resolve(inside));
      if (nested && elements) this.visit(elements, nested, `${path}.`);
    }
  }

  private group(field: (typeof FIELDS)[number], path: string, given: GoExpression | undefined): void {
    if (!given) return;
    const list = this.source.resolve(given);
    const members =
      list.kind === 'literal' ? list.entries.map(({ value }) => this.pathOf(value)) : [undefined];
    const names = members.filter((member) => member !== undefined);
    if (names.length < members.length) {
      this.unread.push(`${field} of ${path}`);
      return;
    }
    const others = names.filter((name) => name !== path).sort();
    if (field === 'ConflictsWith') {
      for (const other of others) {
        const [first = '', second = ''] = [path, other].sort();
        this.found.conflicts.set(`${first} ${second}`, [first, second]);
      }
    } else if (field === 'RequiredWith') {
      if (others.length > 0) this.found.requires.set(path, [path, ...others]);
    } else {
      const groups = field === 'ExactlyOneOf' ? this.found.exactlyOne : this.found.atLeastOne;
      const key = [...new Set([path, ...others])].sort().join(' ');
      const before = groups.get(key);
      // whoever stands least deep says it for the whole resource
      if (!before || depthOf(path) < depthOf(before[0] ?? '')) groups.set(key, [path, ...others]);
    }
  }

  /** `"a.0.b"`, a constant, or a sum of both, as a path without indices. */
  private pathOf(expression: GoExpression): string | undefined {
    const resolved = this.source.resolve(expression);
    const parts = resolved.kind === 'sum' ? resolved.parts : [resolved];
    const texts = parts.map((part) => this.nameOf(part, namesIn(this.block)));
    if (texts.some((text) => text === undefined)) return undefined;
    const path = texts.join('').replace(/\.\d+(?=\.|$)/g, '');
    return isThere(this.block, path.split('.')) ? path : undefined;
  }

  /** Constants of the package `names` are the argument's name in another spelling: `names.AttrKMSKeyID`. */
  private nameOf(expression: GoExpression, candidates: readonly string[]): string | undefined {
    const resolved = this.source.resolve(expression);
    if (resolved.kind === 'text') return resolved.text;
    const spelled = resolved.kind === 'name' ? /^(?:names\.)?Attr(\w+)$/.exec(resolved.name)?.[1] : undefined;
    if (spelled === undefined) return undefined;
    return candidates.find((name) => name.replace(/_/g, '') === spelled.toLowerCase());
  }
}

const depthOf = (path: string): number => path.split('.').length;

function sorted<Group extends readonly string[]>(groups: ReadonlyMap<string, Group>): Group[] {
  return [...groups.entries()].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, group]) => group);
}

function namesIn(block: Block): string[] {
  const nested = Object.values(block.blocks).flatMap((each) => namesIn(each.block));
  return [...Object.keys(block.attributes), ...Object.keys(block.blocks), ...nested];
}

function isThere(block: Block, [step = '', ...rest]: readonly string[]): boolean {
  if (rest.length === 0) return step in block.attributes || step in block.blocks;
  const nested = block.blocks[step]?.block;
  return nested !== undefined && isThere(nested, rest);
}
