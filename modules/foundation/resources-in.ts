import { TerraformResource } from 'cdktf';
import type { IConstruct } from 'constructs';

/** Every resource below some constructs: what to wait for where nothing refers to them. */
export const resourcesIn = (...constructs: readonly IConstruct[]): TerraformResource[] =>
  constructs
    .flatMap((construct) => construct.node.findAll())
    .filter((one): one is TerraformResource => TerraformResource.isTerraformResource(one));
