import { TerraformElement } from 'cdktf';
import type { Construct } from 'constructs';

/**
 * A value that Terraform reads while it runs and keeps in no state and no plan. cdktf has no such block:
 * this one gets its address by the same rule as every resource, so that no two can collide.
 * https://developer.hashicorp.com/terraform/language/block/ephemeral
 */
export class EphemeralResource extends TerraformElement {
  /** @param type as Terraform has it, e.g. `aws_secretsmanager_random_password` */
  constructor(
    scope: Construct,
    id: string,
    private readonly type: string,
    /** In Terraform's own spelling. */
    private readonly arguments_: Readonly<Record<string, unknown>>,
  ) {
    super(scope, id, `ephemeral.${type}`);
  }

  /** The attribute as it stands within an expression, without the braces. Only other ephemeral places take it. */
  attribute(name: string): string {
    return `ephemeral.${this.type}.${this.friendlyUniqueId}.${name}`;
  }

  override toTerraform(): Record<string, unknown> {
    return { ephemeral: { [this.type]: { [this.friendlyUniqueId]: this.arguments_ } } };
  }
}
