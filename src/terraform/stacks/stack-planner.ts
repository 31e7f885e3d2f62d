import type { SynthesizedStack } from '../../synth';
import { missingParameters, missingParameterText } from '../parameters/missing-parameters';
import type { PlanEffects } from '../plan/plan-effects';
import type { PreparedRun } from './prepare-run';
import { readStamp, stampOf, type Provenance } from '../plan/provenance';
import { settingOf, type SettingsTree } from './setting-of';
import { holdsAnything, movesOut, parametersNeeded, readConfigText, statesRead } from './stack-config';
import type { PlanEnd, StackDriver } from './stack-driver';
import { allUpstreamOf, upstreamsOf, type Upstream } from './stack-graph';
import { stateLocation, type StateSummary } from '../state/state-store';
import type { Surroundings } from './surroundings';
import { waitsFor, type Settling, type UpstreamEnd, type Waiting } from './waiting';

export type PlanStackEnd = (PlanEnd | { readonly kind: 'waiting'; readonly waiting: readonly Waiting[] }) &
  Pick<Settling, 'reads'> &
  Pick<UpstreamEnd, 'users'>;

/** Plans single stacks, each when what is upstream of it lets it. */
export class StackPlanner {
  /** A stack that holds nothing has nothing to wait for, and nothing waits for it. */
  private readonly holding: readonly SynthesizedStack[];

  constructor(
    private readonly run: PreparedRun,
    private readonly driver: StackDriver,
    private readonly outside: Surroundings,
    private readonly settings: SettingsTree | undefined,
  ) {
    this.holding = run.stacks.filter(({ folder }) => holdsAnything(readConfigText(folder)));
  }

  /** @param ends how the planning of what is directly upstream has ended */
  async plan(stack: SynthesizedStack, ends: ReadonlyMap<string, UpstreamEnd>): Promise<PlanStackEnd> {
    const config = readConfigText(stack.folder);
    const workspace = this.run.work.workspace(stack.id);
    workspace.forget();
    const upstreams = holdsAnything(config) ? upstreamsOf(stack, this.holding, statesRead(config)) : [];
    const reads = new Map(upstreams.map(({ id, outputs }) => [id, outputs]));
    const states = await this.statesOf(upstreams);
    const waiting = waitsFor(stack.id, upstreams, states, ends);
    if (waiting.length > 0) {
      workspace.record({ outcome: 'waiting', waiting });
      return { kind: 'waiting', waiting, reads };
    }
    const missing = await missingParameters(
      this.outside.parameters,
      parametersNeeded(config, stack.place.region),
    );
    if (missing.length > 0) {
      const reasons = missing.map((one) => missingParameterText(one, this.run.target));
      return { kind: 'failed', reasons, reads };
    }
    // what is read before planning is at most too old, which refuses the plan later; never too new
    const madeFrom: Provenance = {
      at: this.outside.now().toISOString(),
      ...this.run.made,
      account: stack.place.account,
      own: stampOf(await this.outside.states.read(stateLocation(stack.place))),
      reads: upstreams
        .filter(({ outputs }) => outputs.length > 0)
        .map((one) => readStamp(one.id, one, states.get(one.id))),
    };
    const end = await this.driver.plan(workspace, config, {
      madeFrom,
      settingOf: (address, attribute) => settingOf(address, stack.place.region, attribute, this.settings),
    });
    if (end.kind !== 'planned') return { ...end, reads };
    const users = [...(await this.usersOf(stack, end.effects)), ...(await this.takersOf(stack, config))];
    return { ...end, reads, users };
  }

  /**
   * Stacks that have not yet taken over what this one leaves to them. They go first, so that a run that is killed
   * leaves a resource in both states, where nothing destroys it, and never in none.
   */
  private async takersOf(stack: SynthesizedStack, config: string): Promise<readonly Waiting[]> {
    const moves = movesOut(config);
    if (moves.length === 0) return [];
    const own = await this.outside.states.read(stateLocation(stack.place));
    const missing = new Map<string, string[]>();
    for (const { from, to } of moves.filter((one) => own?.managed.has(one.from))) {
      const taker = await this.outside.states.read(to);
      if (!taker?.managed.has(to.address)) missing.set(to.stack, [...(missing.get(to.stack) ?? []), from]);
    }
    return [...missing].map(([id, addresses]) => ({
      for: id,
      takeover: addresses.length === 1 ? (addresses[0] ?? '') : `${addresses.length} resources`,
    }));
  }

  private async statesOf(
    upstreams: readonly Upstream[],
  ): Promise<ReadonlyMap<string, StateSummary | undefined>> {
    return new Map(
      await Promise.all(
        upstreams.map(async ({ id, location }): Promise<[string, StateSummary | undefined]> => [
          id,
          await this.outside.states.read(location),
        ]),
      ),
    );
  }

  /**
   * Stacks whose state mentions what a plan takes away. What the settings say does not count: it is what was applied
   * that still uses it. Those upstream cannot.
   */
  private async usersOf(stack: SynthesizedStack, { removals }: PlanEffects): Promise<readonly Waiting[]> {
    const names = removals.flatMap((one) => one.names);
    if (names.length === 0) return [];
    const upstream = allUpstreamOf(stack.id, this.run.stacks);
    const others = this.run.stacks.filter(({ id }) => id !== stack.id && !upstream.has(id));
    const users = await Promise.all(
      others.map(async ({ id, place }): Promise<Waiting[]> => {
        const mentioned = await this.outside.states.mentions(stateLocation(place), names);
        const removal = removals.find((one) => one.names.some((name) => mentioned.has(name)));
        return removal ? [{ for: id, removal: removal.what }] : [];
      }),
    );
    return users.flat();
  }
}
