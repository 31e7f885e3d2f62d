import type { BindingClass, BindingModule, ComputedMember, Member } from './binding-module';
import { readMembers } from './binding-module';
import type { Attribute, Block, NestedBlock, TypeExpression } from './provider-schema';

/**
 * Turns what one module of the bindings says into a Terraform block. What it does not say is guessed here
 * (`optional` and `computed` together) and decided in the overrides.
 */
export class BlockOfModule {
  constructor(private readonly module: BindingModule) {}

  /** The block of the resource, data source or provider that the class stands for. */
  ofClass(className: string, definition: BindingClass): Block {
    const written = definition.body.slice(definition.body.indexOf('synthesizeHclAttributes()'));
    const ownInterface = `${className}Config`;
    const configInterface = this.module.optional.has(ownInterface)
      ? ownInterface
      : this.module.configInterface;
    return this.block(readMembers(written), className, configInterface);
  }

  private block(members: readonly Member[], className: string, interfaceName: string): Block {
    const result: Block = { attributes: {}, blocks: {} };
    const definition = this.module.classes.get(className);
    for (const member of members) {
      const isRequired = this.module.optional.get(interfaceName)?.get(member.name) === false;
      const struct = structOf(member.expression);
      if (member.isBlock && struct !== undefined && !this.isAttribute(member, struct, definition)) {
        result.blocks[member.name] = this.nestedBlock(member, struct, isRequired);
      } else {
        result.attributes[member.name] = this.attribute(member, isRequired, definition);
      }
    }
    for (const computed of definition?.computed ?? []) {
      result.attributes[computed.name] ??= {
        type: this.computedType(computed, []),
        computed: true,
        stated: true,
      };
    }
    return result;
  }

  /**
   * Some of what looks like a block is an attribute in the provider ("attributes as blocks"): its members are
   * written out as null when unset, or it is computed, or it is a map.
   */
  private isAttribute(member: Member, struct: string, definition: BindingClass | undefined): boolean {
    const writesNulls = this.structMembers(struct).some((each) =>
      each.expression.includes('=== undefined ? null'),
    );
    return member.kind === 'map' || writesNulls || definition?.stated.get(member.name)?.computed === true;
  }

  private nestedBlock(member: Member, struct: string, isRequired: boolean): NestedBlock {
    const nesting = member.kind === 'struct' ? 'single' : member.kind === 'set' ? 'set' : 'list';
    const name = capitalized(struct);
    const nested: NestedBlock = {
      nesting,
      block: this.block(this.structMembers(struct), `${name}OutputReference`, name),
    };
    if (isRequired) nested.min = 1;
    if (nesting !== 'single' && !/(listMapperHcl|hashMapperHcl)/.test(member.expression)) nested.max = 1;
    return nested;
  }

  private attribute(member: Member, isRequired: boolean, definition: BindingClass | undefined): Attribute {
    const attribute: Attribute = { type: this.memberType(member, []) };
    const stated = definition?.stated.get(member.name);
    if (isRequired) attribute.required = true;
    else {
      attribute.optional = true;
      if (stated?.computed !== false) attribute.computed = true;
      if (stated) attribute.stated = true;
    }
    if (member.name.endsWith('_wo')) {
      attribute.writeOnly = true;
      delete attribute.computed;
    }
    return attribute;
  }

  private memberType(member: Member, within: readonly string[]): TypeExpression {
    const struct = structOf(member.expression);
    if (struct === undefined) return plainType(member);
    if (within.includes(struct)) return 'dynamic';
    const object = this.objectType(struct, within);
    if (member.kind === 'map' || member.kind === 'list' || member.kind === 'set')
      return [member.kind, object];
    return object;
  }

  private objectType(struct: string, within: readonly string[]): TypeExpression {
    const type: Record<string, TypeExpression> = {};
    for (const member of this.structMembers(struct)) {
      type[member.name] = this.memberType(member, [...within, struct]);
    }
    const reference = this.module.classes.get(`${capitalized(struct)}OutputReference`);
    for (const computed of reference?.computed ?? [])
      type[computed.name] = this.computedType(computed, within);
    return ['object', type];
  }

  private computedType(computed: ComputedMember, within: readonly string[]): TypeExpression {
    if (computed.type !== undefined) return computed.type;
    const match = /^(\w+?)(OutputReference|List|Map)$/.exec(computed.className ?? '');
    const name = match?.[1];
    if (name === undefined || !this.module.classes.has(`${name}OutputReference`)) return 'dynamic';
    const object = this.objectType(name.charAt(0).toLowerCase() + name.slice(1), within);
    if (match?.[2] === 'OutputReference') return object;
    if (match?.[2] === 'Map') return ['map', object];
    return [computed.isSet ? 'set' : 'list', object];
  }

  private structMembers(struct: string): readonly Member[] {
    return this.module.structs.get(struct) ?? [];
  }
}

const STRUCT_MAPPER = /(?:^|[ (])(?:\(0, )?(?:\w+_1\.)?(\w+)ToHclTerraform\)?(?:\(|,|\))/;

/** The struct that an expression maps, if it maps one of the module's own. */
function structOf(expression: string): string | undefined {
  if (/cdktf\.\w+ToHclTerraform/.test(expression)) return undefined;
  return STRUCT_MAPPER.exec(expression)?.[1];
}

/** `stringListMap` is a map of lists of strings: the wrappers are written innermost first. */
function plainType(member: Member): TypeExpression {
  const match = /^(string|number|boolean|any)((?:List|Map)*)$/.exec(member.storage);
  if (!match) return 'dynamic';
  const names: Record<string, TypeExpression> = {
    boolean: 'bool',
    any: 'dynamic',
    string: 'string',
    number: 'number',
  };
  let type = names[match[1] ?? ''] ?? 'dynamic';
  const wrappers = match[2]?.match(/List|Map/g) ?? [];
  wrappers.forEach((wrapper, index) => {
    const outermost = index === wrappers.length - 1;
    if (wrapper === 'Map') type = ['map', type];
    else type = [outermost && member.kind === 'set' ? 'set' : 'list', type];
  });
  return type;
}

function capitalized(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}
