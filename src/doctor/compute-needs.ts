import { vcpusOf } from '../../modules/compute/instance-type';
import { addressIn, argument, resourcesOf, type Body, type HeldStack } from './held-stack';

const CPU_UNITS_OF_VCPU = 1024;

/** One entry of a capacity provider strategy, as Terraform writes it. */
interface Share {
  readonly capacity_provider?: unknown;
  readonly weight?: number;
  readonly base?: number;
}

/**
 * vCPUs of the tasks on one capacity provider, with every service at the most tasks that it scales to, but without the
 * second set while a release rolls out.
 */
export function taskVcpus(stack: HeldStack, provider: 'FARGATE' | 'FARGATE_SPOT'): number {
  const units = new Map(
    resourcesOf(stack, 'aws_ecs_task_definition').map(([name, { cpu }]) => [
      `aws_ecs_task_definition.${name}`,
      Number(cpu ?? 0),
    ]),
  );
  return resourcesOf(stack, 'aws_ecs_service').reduce((sum, [name, body]) => {
    // without a strategy tasks run on Fargate, and on demand
    const shares = (body['capacity_provider_strategy'] ?? [
      { capacity_provider: 'FARGATE', weight: 1 },
    ]) as readonly Share[];
    const tasks = tasksOn(provider, shares, mostTasks(stack, name, body));
    const each = units.get(addressIn(argument(body, 'task_definition'))) ?? 0;
    return sum + (tasks * each) / CPU_UNITS_OF_VCPU;
  }, 0);
}

/** With every Auto Scaling group at its greatest. */
export function instanceVcpus(stack: HeldStack): number {
  const types = new Map(
    resourcesOf(stack, 'aws_launch_template').map(([name, body]) => [
      `aws_launch_template.${name}`,
      argument(body, 'instance_type'),
    ]),
  );
  return resourcesOf(stack, 'aws_autoscaling_group').reduce((sum, [, body]) => {
    const template = body['launch_template'] as Body | undefined;
    const type = types.get(addressIn(argument(template ?? {}, 'id'))) ?? '';
    return sum + Number(body['max_size'] ?? 0) * vcpusOf(type);
  }, 0);
}

/** Of so many tasks, first the bases, then the rest by weight. */
function tasksOn(provider: string, shares: readonly Share[], tasks: number): number {
  const own = shares.find((share) => share.capacity_provider === provider);
  if (!own) return 0;
  const sum = (of: (share: Share) => number | undefined) =>
    shares.reduce((before, share) => before + (of(share) ?? 0), 0);
  const rest = Math.max(0, tasks - sum(({ base }) => base));
  const byWeight = Math.ceil(
    (rest * (own.weight ?? 0)) /
      Math.max(
        1,
        sum(({ weight }) => weight),
      ),
  );
  return Math.min(tasks, (own.base ?? 0) + byWeight);
}

function mostTasks(stack: HeldStack, service: string, body: Body): number {
  const target = resourcesOf(stack, 'aws_appautoscaling_target').find(([, { resource_id: id }]) =>
    String(id).includes(`aws_ecs_service.${service}.name`),
  );
  if (!target) return Number(body['desired_count'] ?? 0);
  const [name, { max_capacity: most }] = target;
  return Math.max(Number(most ?? 0), ...scheduledMaxima(stack, name));
}

/** The most tasks of each of the hours that a schedule knows. */
const scheduledMaxima = (stack: HeldStack, target: string): readonly number[] =>
  resourcesOf(stack, 'aws_appautoscaling_scheduled_action')
    .filter(([, body]) => addressIn(argument(body, 'resource_id')) === `aws_appautoscaling_target.${target}`)
    .map(([, body]) => Number((body['scalable_target_action'] as Body | undefined)?.['max_capacity'] ?? 0));
