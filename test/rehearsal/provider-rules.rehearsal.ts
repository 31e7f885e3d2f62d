import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { GoPackage } from './models/go-package';
import { HAND_WRITTEN_RULES } from './models/hand-written-rules';
import { providerRules, rulesOfType } from './models/provider-rules';
import { RuleReader } from './models/read-rules';
import { cachedSchema } from './schema/cached-schema';
import type { Attribute, Block } from './schema/provider-schema';

const schema = cachedSchema();

describe('the recorded rules', () => {
  it('are of the version of the provider that the bindings are of', () => {
    expect(providerRules().version).toBe(schema.version);
  });

  it('name arguments that the provider has', () => {
    const unknown: string[] = [];
    for (const type of [...Object.keys(providerRules().types), ...Object.keys(HAND_WRITTEN_RULES)]) {
      const block = schema.resources[type];
      const { replaces, conflicts, exactlyOne, atLeastOne, requires } = rulesOfType(type);
      const paths = [...replaces, ...[conflicts, exactlyOne, atLeastOne, requires].flat(2)];
      unknown.push(
        ...paths.filter((path) => !isThere(block, path.split('.'))).map((path) => `${type}: ${path}`),
      );
    }
    expect(unknown).toEqual([]);
  });
});

function isThere(block: Block | undefined, [step = '', ...rest]: readonly string[]): boolean {
  if (!block) return false;
  if (rest.length === 0) return step in block.attributes || step in block.blocks;
  return isThere(block.blocks[step]?.block, rest);
}

describe('who records them', () => {
  const text: Attribute = { type: 'string', optional: true };
  const block: Block = {
    attributes: { name: text, name_prefix: text, kms_key_id: text, size: text, mode: text },
    blocks: {
      source: { nesting: 'list', max: 1, block: { attributes: { id: text, url: text }, blocks: {} } },
    },
  };
  const source = `
package things
// a comment with "quotes" and a { bracket
var sources = []string{"source.0.id", "source.0." + names.AttrURL}
func (p *servicePackage) SDKDataSources(ctx context.Context) []*types.DataSource {
	return []*types.DataSource{{Factory: dataSourceThing, TypeName: "aws_thing"}}
}
func (p *servicePackage) SDKResources(ctx context.Context) []*types.Resource {
	return []*types.Resource{
		{
			Factory:  resourceThing,
			TypeName: "aws_thing",
			Region:   unique.Make(types.RegionDefault()),
		},
	}
}
func sizeSchema() *schema.Schema {
	return &schema.Schema{Type: schema.TypeInt, Optional: true, RequiredWith: []string{"mode"}}
}
func resourceThing() *schema.Resource {
	return &schema.Resource{
		CustomizeDiff: customdiff.Sequence(
			func(ctx context.Context, d *schema.ResourceDiff, meta interface{}) error { return nil },
		),
		SchemaFunc: func() map[string]*schema.Schema {
			return map[string]*schema.Schema{
				names.AttrName: {
					ForceNew:      true,
					ValidateFunc:  validation.StringInSlice(enum.Slice(values()...), true),
					ConflictsWith: []string{names.AttrNamePrefix},
				},
				"size": sizeSchema(),
				names.AttrKMSKeyID: {ForceNew: isNew(1 + 2)},
				"source": {
					ForceNew: true,
					Elem: &schema.Resource{
						Schema: map[string]*schema.Schema{
							names.AttrID: {ExactlyOneOf: sources, ForceNew: true},
							"url":        {ExactlyOneOf: sources, AtLeastOneOf: given()},
						},
					},
				},
			}
		},
	}
}`;

  it('reads what the provider declares, and tells what it cannot read', () => {
    const folder = mkdtempSync(join(tmpdir(), 'go-'));
    try {
      writeFileSync(join(folder, 'thing.go'), source);
      writeFileSync(join(folder, 'thing_test.go'), 'func resourceThing() {}');
      const read = new GoPackage(folder);
      expect(read.registrations()).toEqual([{ type: 'aws_thing', factory: 'resourceThing' }]);
      const reader = new RuleReader(read, block);
      expect(reader.read('resourceThing')).toEqual({
        replaces: ['name', 'source', 'source.id'],
        conflicts: [['name', 'name_prefix']],
        exactlyOne: [['source.id', 'source.url']],
        requires: [['size', 'mode']],
      });
      expect(reader.unread).toEqual(['AtLeastOneOf of source.url']);
      expect(new RuleReader(read, block).read('resourceOther')).toBeUndefined();
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
