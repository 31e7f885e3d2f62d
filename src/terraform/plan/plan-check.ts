import { makeCommand } from '../output/command-text';
import { missingParameters, missingParameterText } from '../parameters/missing-parameters';
import type { PreparedRun } from '../stacks/prepare-run';
import {
  isExpired,
  movedOwnState,
  movedReads,
  movedRun,
  PLAN_LIFE_HOURS,
  type Provenance,
  type StateStamp,
} from './provenance';
import { parametersNeeded } from '../stacks/stack-config';
import { stateLocation, type StateLocation, type StateSummary } from '../state/state-store';
import type { Surroundings } from '../stacks/surroundings';
import { configHash, type PlanRecord, type Workspace } from '../binary/workspace';

/** A stack with what was planned for it. */
export interface Planned {
  readonly id: string;
  readonly place: Parameters<typeof stateLocation>[0];
  readonly config: string;
  readonly workspace: Workspace;
  readonly record: PlanRecord | undefined;
  /** Of the record and its plan. @default there is no record */
  readonly digest?: string;
}

/** Holds saved plans against the world as it is now. */
export class PlanCheck {
  private readonly again: string;

  constructor(
    private readonly run: Pick<PreparedRun, 'target' | 'made'>,
    private readonly outside: Pick<Surroundings, 'states' | 'now' | 'parameters'>,
    command = 'plan',
  ) {
    this.again = makeCommand(command, run.target);
  }

  /** What has moved since planning, a line each; an expired plan is removed. Asked before anything is applied. */
  async moved(stacks: readonly Planned[]): Promise<readonly string[]> {
    const applied = appliedStates(stacks);
    const lines = await Promise.all(
      stacks.map(async ({ id, place, config, workspace, record }) => {
        if (!record || !('config' in record)) return [];
        if (record.config !== configHash(config)) {
          return [
            `${id}: the saved plan must be of what is synthesized now, got one of something else; run ${this.again}`,
          ];
        }
        if (record.outcome !== 'planned') return [];
        const { madeFrom } = record;
        if (!madeFrom || isExpired(madeFrom, this.outside.now())) {
          workspace.forget();
          return [
            `${id}: the saved plan must be at most ${PLAN_LIFE_HOURS} hours old, got one of ${madeFrom?.at ?? 'unknown age'}, which is removed; run ${this.again}`,
          ];
        }
        const own = await this.outside.states.read(stateLocation(place));
        const moved = [
          ...movedRun(madeFrom, { ...this.run.made, account: place.account }),
          ...movedOwnState(madeFrom, own),
          ...(await this.movedReads(madeFrom, applied)),
        ];
        const lines = moved.map((line) => this.line(id, line));
        return record.destroys ? lines : [...lines, ...(await this.missingNow(config, place.region))];
      }),
    );
    return lines.flat();
  }

  /** Parameters that were there when it was planned, and without which tasks would not start now. */
  private async missingNow(config: string, region: string): Promise<readonly string[]> {
    const missing = await missingParameters(this.outside.parameters, parametersNeeded(config, region));
    return missing.map((one) => missingParameterText(one, this.run.target));
  }

  /** The same for what a stack reads, when its turn has come: stacks upstream of it may have been applied. */
  async movedSince(stack: Planned, applied: ReadonlyMap<string, StateStamp>): Promise<readonly string[]> {
    const madeFrom = stack.record?.outcome === 'planned' ? stack.record.madeFrom : undefined;
    if (!madeFrom) return [];
    return (await this.movedReads(madeFrom, applied)).map((line) => this.line(stack.id, line));
  }

  private async movedReads(
    madeFrom: Provenance,
    applied: ReadonlyMap<string, StateStamp>,
  ): Promise<readonly string[]> {
    return movedReads(madeFrom, await this.read(madeFrom.reads), applied);
  }

  private async read(
    reads: readonly { readonly id: string; readonly location: StateLocation }[],
  ): Promise<ReadonlyMap<string, StateSummary | undefined>> {
    const { states } = this.outside;
    return new Map(
      await Promise.all(
        reads.map(async ({ id, location }): Promise<[string, StateSummary | undefined]> => [
          id,
          await states.read(location),
        ]),
      ),
    );
  }

  private line = (id: string, text: string) => `${id}: ${text}; run ${this.again}`;
}

/** Whether it was planned to destroy it, be it that nothing was left. */
export const isDestruction = (record: PlanRecord | undefined): boolean =>
  (record?.outcome === 'planned' || record?.outcome === 'unchanged') && record.destroys === true;

/** The states that earlier applies of the same plans have left. */
export const appliedStates = (stacks: readonly Pick<Planned, 'id' | 'record'>[]): Map<string, StateStamp> =>
  new Map(
    stacks.flatMap(({ id, record }) =>
      record?.outcome === 'applied' && record.state ? [[id, record.state] as const] : [],
    ),
  );
