import type { TerraformResource } from 'cdktf';
import type { IConstruct } from 'constructs';

const ADOPTED = 'adopted';

/** What is nobody's but the owner's to say. Others may find things by it, or pay by it. */
const KEPT = ['tags', 'tags_all'];

/**
 * Says that a resource stands in AWS already: the first apply takes it over instead of making it. Afterwards Terraform
 * knows it by its address, and looks no further at where it came from.
 *
 * Not `importFrom` of cdktf, which asks for Terraform while stacks are only written.
 *
 * @param id as `terraform import` takes it for this type
 * @param kept further arguments that stay as they are in AWS, whatever the code says
 */
export function adopt<R extends TerraformResource>(resource: R, id: string, kept: readonly string[] = []): R {
  resource.node.addMetadata(ADOPTED, id);
  const hasTags = 'tagsAllInput' in resource;
  const ignored = [...(hasTags ? KEPT : []), ...kept];
  const before = resource.lifecycle?.ignoreChanges ?? [];
  if (before === 'all' || ignored.length === 0) return resource;
  resource.lifecycle = { ...resource.lifecycle, ignoreChanges: [...before, ...ignored] };
  return resource;
}

/** The id by which a construct was adopted, if it was. */
export function adoptedId(construct: IConstruct): string | undefined {
  const data: unknown = construct.node.metadata.find(({ type }) => type === ADOPTED)?.data;
  return typeof data === 'string' ? data : undefined;
}
