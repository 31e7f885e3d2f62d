/** As much of `terraform providers schema -json` as is looked at. */
interface Schema {
  readonly provider_schemas?: Readonly<
    Record<string, { readonly resource_schemas?: Readonly<Record<string, { readonly block: Block }>> }>
  >;
}

interface Block {
  readonly attributes?: Readonly<Record<string, { readonly computed?: boolean }>>;
}

/** By type of resource, the attributes that the provider fills where the code leaves them out. */
export type OpenAttributes = Readonly<Record<string, readonly string[]>>;

/**
 * Blocks that resources of their own fill. The schema does not say of a block whether it is computed, so that any other
 * block that the code leaves out must stay out.
 *
 * Those of the provider's blocks that it plans as "known after apply" where the code has none, as release 5.100.0 shows
 * for these types, and for which it has resources of their own. Other computed blocks, such as the health check of a
 * target group or the replicas of a secret, nobody else fills: there a change is drift.
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/s3_bucket#argument-reference
 * https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/iam_role#inline_policy
 */
const FILLED_BY_OTHERS: OpenAttributes = {
  aws_s3_bucket: [
    'cors_rule',
    'grant',
    'lifecycle_rule',
    'logging',
    'object_lock_configuration',
    'replication_configuration',
    'server_side_encryption_configuration',
    'versioning',
    'website',
  ],
  // compared with what the states know, as attached policies are
  aws_iam_role: ['inline_policy'],
};

/** What may change without anybody having changed what the code says: computed attributes, with a default or without. */
export function openAttributes(json: string): OpenAttributes {
  const { provider_schemas = {} } = JSON.parse(json) as Schema;
  const types = Object.values(provider_schemas).flatMap(({ resource_schemas = {} }) =>
    Object.entries(resource_schemas),
  );
  return Object.fromEntries(
    types.map(([type, { block }]) => [
      type,
      [
        ...Object.entries(block.attributes ?? {}).flatMap(([name, { computed }]) => (computed ? [name] : [])),
        ...(FILLED_BY_OTHERS[type] ?? []),
      ],
    ]),
  );
}
