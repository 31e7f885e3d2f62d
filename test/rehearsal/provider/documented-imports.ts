import type { Caller } from '../cloud/caller';
import type { Existing, Inventory } from '../cloud/inventory';
import { textOf } from '../protocol/values';

/** By what the provider's documentation imports a type, where that is not its id: attributes in braces. */
const DOCUMENTED: Readonly<Record<string, string>> = {
  aws_appautoscaling_policy: '{service_namespace}/{resource_id}/{scalable_dimension}/{name}',
  aws_appautoscaling_target: '{service_namespace}/{resource_id}/{scalable_dimension}',
  aws_cloudwatch_event_target: '{rule}/{target_id}',
  aws_default_route_table: '{vpc_id}',
  aws_ecs_cluster: '{name}',
  aws_ecs_service: '{cluster}/{name}',
  aws_ecs_task_definition: '{arn}',
  aws_elasticache_user_group_association: '{user_group_id},{user_id}',
  aws_iam_role_policy_attachment: '{role}/{policy_arn}',
  aws_route: '{route_table_id}_{destination_cidr_block}',
  aws_route_table_association: '{subnet_id}/{route_table_id}',
  aws_vpc_dhcp_options_association: '{vpc_id}',
};

const NOT_IMPORTABLE = new Set(['aws_acm_certificate_validation', 'aws_ec2_instance_metadata_defaults']);

/** The provider's refusal of a type, or of an id that names nothing that it has made here. */
export function refuseImport(type: string): string | undefined {
  return NOT_IMPORTABLE.has(type) ? `resource ${type} doesn't support import` : undefined;
}

/** What an import finds: by the id, or by what is documented in its place. */
export function importedFrom(
  inventory: Inventory,
  type: string,
  id: string,
  caller: Caller,
): Existing | undefined {
  const form = DOCUMENTED[type];
  if (form === undefined) return inventory.get(type, id, caller);
  return inventory
    .ofType(type, caller)
    .find(
      ({ state, region }) =>
        region === caller.region &&
        form.replaceAll(/\{(\w+)\}/g, (_, name: string) => textOf(state[name]) ?? '') === id,
    );
}

/** Whether what is imported must be one of those that were made here. */
export const isKnownByForm = (type: string) => DOCUMENTED[type] !== undefined;
