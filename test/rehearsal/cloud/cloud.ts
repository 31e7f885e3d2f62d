import type { ValueMap } from '../protocol/values';
import { Inventory } from './inventory';
import { Leftovers } from './leftovers';
import { Outside } from './outside';
import { PhysicalNames } from './physical-names';
import { ObjectStore } from './s3/object-store';
import { SecretStore } from './secret-store';
import { ParameterStore } from './ssm/parameter-store';

/** All that the stand-in remembers between Terraform runs: what exists in every account and region. */
export class Cloud {
  readonly objects = new ObjectStore();
  readonly parameters = new ParameterStore();
  readonly secrets = new SecretStore();
  readonly names = new PhysicalNames();
  readonly inventory = new Inventory();
  readonly leftovers = new Leftovers();
  /** Whether nothing exists but what was made here, so that an import of anything else fails. */
  isComplete = false;
  readonly outside = new Outside();
  /** Called once a resource is made, changed or gone, before Terraform hears of it; a test holds it back. */
  afterChange: (type: string) => Promise<void> | void = () => undefined;
  /** What a refresh finds of a resource, or nothing if it is gone; a test changes things behind Terraform's back. */
  foundAtRefresh: (type: string, state: ValueMap) => ValueMap | undefined = (_, state) => state;
  private readonly given = new Map<string, number>();

  /** The text itself the first time, a numbered one for every further time. */
  unique(text: string): string {
    const times = this.given.get(text) ?? 0;
    this.given.set(text, times + 1);
    return times === 0 ? text : `${text}#${times}`;
  }
}
