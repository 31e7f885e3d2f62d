import { textOf, type ValueMap } from '../protocol/values';
import type { Caller } from './caller';

/** One thing that exists in an account, as Terraform last wrote it. */
export interface Existing extends Caller {
  readonly type: string;
  readonly id: string;
  readonly state: ValueMap;
}

/** Everything that exists, whichever stack made it: what an import finds, and who still uses what. */
export class Inventory {
  private readonly present = new Map<string, Existing>();

  put(type: string, state: ValueMap, caller: Caller): void {
    const existing = existingOf(type, state, caller);
    this.present.set(keyOf(existing), existing);
  }

  remove(type: string, state: ValueMap, caller: Caller): void {
    this.present.delete(keyOf(existingOf(type, state, caller)));
  }

  /** A resource by its id. */
  get(type: string, id: string, caller: Caller): Existing | undefined {
    return this.present.get(keyOf({ type, id, account: caller.account, region: caller.region }));
  }

  /** What exists of a type in the account, in all regions. */
  ofType(type: string, { account }: Pick<Caller, 'account'>): Existing[] {
    return [...this.present.values()].filter((each) => each.type === type && each.account === account);
  }
}

function existingOf(type: string, state: ValueMap, caller: Caller): Existing {
  const region = textOf(state['region']) ?? caller.region;
  return { type, id: textOf(state['id']) ?? '', account: caller.account, region, state };
}

function keyOf({ type, id, account, region }: Omit<Existing, 'state'>): string {
  return `${type} ${account} ${region} ${id}`;
}
