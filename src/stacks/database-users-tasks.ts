import { TerraformOutput } from 'cdktf';
import type { Construct } from 'constructs';
import type { ICluster } from '../../modules/compute/service-cluster';
import type { IDatabase } from '../../modules/database/database';
import { DatabaseUsers } from '../../modules/database/database-users';
import { USERS_BY_HAND_OUTPUT, USERS_OUTPUT, type UsersTask } from '../../modules/database/users-image';
import type { Foundation } from '../../modules/foundation/foundation';
import type { RegionPlan } from '../config/region-plan';

interface Surroundings {
  readonly plan: RegionPlan;
  readonly foundation: Foundation;
  readonly cluster: ICluster;
  readonly registry: string;
}

/** The tasks that make the users of databases, and outputs that tell the driver which of them to run. */
export function addDatabaseUsers(
  stack: Construct,
  databases: ReadonlyMap<string, IDatabase>,
  { plan, foundation, cluster, registry }: Surroundings,
): void {
  const tasks = Object.entries(plan.databaseUsers).map(([name, users]): [string, UsersTask] => {
    const database = databases.get(name);
    if (!database) throw new Error(`${name} has users but does not stand in this region`);
    const props = { ...foundation, database, cluster, registry, users };
    return [name, new DatabaseUsers(database, 'Users', props).task];
  });
  // the task of what a promotion has made follow stays, for when it writes again; until then it would fail
  const run = tasks.filter(([name]) => writes(plan, name));
  // where the driver finds what it runs after an apply, and what it does not
  if (run.length > 0) new TerraformOutput(stack, USERS_OUTPUT, { value: Object.fromEntries(run) });
  const ran = new Set(run.map(([name]) => name));
  const byHand = Object.keys(plan.databases).filter((name) => !ran.has(name));
  if (byHand.length > 0 && plan.role === 'primary')
    new TerraformOutput(stack, USERS_BY_HAND_OUTPUT, { value: byHand });
}

function writes({ databases }: RegionPlan, name: string): boolean {
  const database = databases[name];
  return database?.engine === 'mysql' || database?.writes === true;
}
