/**
 * What exists without having been made in the rehearsal: what look-ups have found, and what somebody declares. Known
 * by its id, which is never used twice.
 */
export class Outside {
  private readonly ids = new Set<string>();

  /** Says that these exist, such as a subnet that a company runs already. */
  declare(...ids: readonly string[]): void {
    for (const id of ids) this.ids.add(id);
  }

  has(id: string): boolean {
    return this.ids.has(id);
  }
}
