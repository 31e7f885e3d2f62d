import type { App } from 'cdktf';
import type { Foundation } from '../modules/foundation/foundation';
import type { RegionName } from '../modules/network/regions';
import { planEdge } from './config/edge-plan';
import { globalStateRegion, regionsOf, type Environment, type Estate } from './config/estate';
import { planRegion, type RegionPlan } from './config/region-plan';
import { boundaryOf, planPipelines, type PipelinePlan } from './config/pipeline-plan';
import { planRegistry, registryHost, type RegistryPlan } from './config/registry-plan';
import { InputError } from './errors';
import { AlertsStack } from './stacks/alerts-stack';
import { AccountBaselineStack } from './stacks/account-baseline-stack';
import {
  BaseStack,
  partsOfStackId,
  stateBucketName,
  stateObjectKey,
  type StackPlace,
} from './stacks/base-stack';
import { DeliveryStack } from './stacks/delivery-stack';
import { EdgeStack } from './stacks/edge-stack';
import { FoundationStack } from './stacks/foundation-stack';
import { LinksStack } from './stacks/links-stack';
import { NamesStack } from './stacks/names-stack';
import { RegionBaselineStack } from './stacks/region-baseline-stack';
import { RegistryStack } from './stacks/registry-stack';
import { ReplicationStack } from './stacks/replication-stack';
import { WorkloadStack } from './stacks/workload-stack';

/** Names of environments, and `shared` or `account-<id>`; nothing selects everything. */
export type Selection = readonly string[] | undefined;

/** Every stack of the estate, upstream first. A scope that is not selected is not built. */
export function buildEstate(app: App, estate: Estate, selection?: Selection): void {
  const isSelected = (scope: string) => selection === undefined || selection.includes(scope);
  const registry = planRegistry(estate);
  for (const [account, regions] of accountRegions(estate)) {
    if (isSelected(`account-${account}`)) buildAccount(app, account, regions, planPipelines(estate, account));
  }
  if (registry && isSelected('shared')) buildShared(app, registry);
  for (const environment of estate.environments) {
    if (isSelected(environment.name))
      buildEnvironment(app, environment, registry, boundaryOf(estate, environment));
  }
  handOver(app, estate);
}

/** Lets resources go on in other stacks. Of a move between scopes only one end may be built. */
function handOver(app: App, estate: Estate): void {
  const built = app.node.children.filter((stack): stack is BaseStack => stack instanceof BaseStack);
  const { file = '', list = [] } = estate.moves ?? {};
  for (const { from, to, resources } of list) {
    const place = placeOfStack(estate, to);
    const ends = [from, to].map((id) => endOf(estate, built, id, file));
    if (!place) continue;
    for (const resource of resources) {
      const state = { bucket: stateBucketName(place), key: stateObjectKey(place), region: place.region };
      ends[0]?.hand(file, { leaves: resource.from, for: { stack: to, address: resource.to, ...state } });
      ends[1]?.hand(file, { takes: resource.to, id: resource.id });
    }
  }
}

/** @throws InputError for the id of no stack; nothing is known of those that are not built but their scope */
function endOf(estate: Estate, built: readonly BaseStack[], id: string, file: string): BaseStack | undefined {
  const found = built.find((stack) => stack.node.id === id);
  const place = placeOfStack(estate, id);
  if (found || (place && !built.some((stack) => stack.place.scope === place.scope))) return found;
  throw new InputError([
    `${file}: from and to must name stacks, got "${id}"; take that move out of the file`,
  ]);
}

/** Where a stack belongs, be it built or not; nothing if its scope is none of the estate. */
export function placeOfStack(estate: Estate, id: string): StackPlace | undefined {
  const parts = partsOfStackId(id);
  if (!parts || !scopesOf(estate).includes(parts.scope)) return undefined;
  const { scope, where, layer } = parts;
  const environment = estate.environments.find(({ name }) => name === scope);
  const account =
    environment?.settings.account ??
    (scope === 'shared' ? estate.shared?.account : undefined) ??
    scope.replace(/^account-/, '');
  const home = environment
    ? globalStateRegion(environment.settings)
    : accountRegions(estate).get(account)?.[0];
  const region = where === 'global' ? home : where;
  return region === undefined
    ? undefined
    : { scope, account, region, layer, ...(where === 'global' && { global: true }) };
}

/** What has been built of one region of an environment. */
interface BuiltRegion {
  readonly plan: RegionPlan;
  readonly foundation: Foundation;
  readonly workload: WorkloadStack;
}

/**
 * One environment: its names, then in each region the foundation and on it the workload; where there are several regions,
 * between the two what links them, and after them what goes from each of them to the others, and what CloudFront serves; at
 * last the chat channels that hear of alarms.
 */
function buildEnvironment(
  app: App,
  environment: Environment,
  registry: RegistryPlan | undefined,
  permissionsBoundary: string | undefined,
): void {
  const { domain } = environment.settings;
  const names = domain === undefined ? undefined : new NamesStack(app, environment, domain);
  let primary: WorkloadStack | undefined;
  const built: BuiltRegion[] = [];
  const founded = regionsOf(environment.settings).map((region) => {
    const plan = planRegion(environment, region, permissionsBoundary);
    const stack = new FoundationStack(app, plan);
    return { plan, stack, foundation: stack.foundation };
  });
  // also where nothing is linked: left out, the end of the last link would never be planned
  if (founded.length > 1) new LinksStack(app, environment, founded);
  for (const { plan, foundation } of founded) {
    const workload = new WorkloadStack(
      app,
      plan,
      foundation,
      registry && registryHost(registry, plan.region),
    );
    // certificates are issued once the records stand; only the order matters, nothing is read
    if (names) workload.addDependency(names);
    // what follows a database of the primary, or copies its backups, knows it by a name that must exist
    const follows = [...Object.values(plan.databases), ...Object.values(plan.backupCopies)].some(
      ({ sourceRegion }) => sourceRegion !== undefined,
    );
    if (primary && follows) workload.addDependency(primary);
    primary ??= workload;
    built.push({ plan, foundation, workload });
  }
  if (built.length > 1) for (const one of built) buildReplication(app, one, built);
  buildEdge(app, environment, names, built);
  buildAlerts(
    app,
    environment,
    founded.map(({ stack }) => stack),
    permissionsBoundary,
  );
}

/**
 * One for all regions, since a chat channel has one configuration in an account. Also where nothing is told to a chat: left
 * out, the end of the last channel would never be planned.
 */
function buildAlerts(
  app: App,
  environment: Environment,
  foundations: readonly FoundationStack[],
  permissionsBoundary: string | undefined,
): void {
  const alerts = new AlertsStack(app, environment, permissionsBoundary);
  // topics have to stand before anything subscribes to them; they are known by their names
  for (const foundation of foundations) alerts.addDependency(foundation);
}

/** Also where nothing is copied: left out, the end of the last copy would never be planned. */
function buildReplication(
  app: App,
  { plan, foundation, workload }: BuiltRegion,
  regions: readonly BuiltRegion[],
): void {
  const replication = new ReplicationStack(app, plan, foundation, workload.buckets);
  // both ends have to exist; only the order matters, and nothing of another region is read
  for (const region of regions) replication.addDependency(region.workload);
}

/** Where there is a domain, and something of the environment in the region that CloudFront reports to. */
function buildEdge(
  app: App,
  environment: Environment,
  names: NamesStack | undefined,
  regions: readonly BuiltRegion[],
): void {
  const plan = planEdge(environment);
  const there = regions.find((one) => one.plan.region === plan?.region);
  if (!plan || !names || !there) return;
  const edge = new EdgeStack(app, plan, there.foundation);
  // certificates are issued once the records stand
  edge.addDependency(names);
}

/** What exists once in an account, and once in each of its regions; and who may plan and apply what is in it. */
function buildAccount(
  app: App,
  account: string,
  regions: readonly RegionName[],
  pipelines: readonly PipelinePlan[],
): void {
  const [home] = regions;
  if (home) {
    new AccountBaselineStack(app, account, home);
    for (const pipeline of pipelines) new DeliveryStack(app, pipeline, home);
  }
  for (const region of regions) new RegionBaselineStack(app, account, region);
}

/** What all environments share: images, in every region that runs them. */
function buildShared(app: App, registry: RegistryPlan): void {
  for (const region of registry.regions) new RegistryStack(app, registry, region);
}

/**
 * The accounts of all scopes with the regions that they use, the account's home first: where its environments have
 * their primary, of several the first by name. Nothing of it hangs on the order of environments.
 */
export function accountRegions(estate: Estate): Map<string, RegionName[]> {
  const { environments, shared } = estate;
  const uses = environments.map(({ settings }) => ({
    account: settings.account,
    regions: regionsOf(settings).map(({ name }) => name),
  }));
  if (shared) uses.push({ account: shared.account, regions: [...(planRegistry(estate)?.regions ?? [])] });
  const accounts = [...new Set(uses.map(({ account }) => account))].sort();
  return new Map(
    accounts.map((account) => {
      const here = uses.filter((use) => use.account === account).map(({ regions }) => regions);
      const homes = here.flatMap((regions) => regions.slice(0, 1)).sort();
      return [account, [...new Set([...homes.slice(0, 1), ...here.flat().sort()])]];
    }),
  );
}

/** Every scope of the estate: what ENV and SCOPE can say. */
export function scopesOf(estate: Estate): string[] {
  return [
    ...estate.environments.map(({ name }) => name),
    ...(estate.shared ? ['shared'] : []),
    ...[...accountRegions(estate).keys()].map((account) => `account-${account}`),
  ];
}
