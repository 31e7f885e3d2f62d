import type { IClient, IUsable, Variables } from '../access/usable';
import { OUTSIDE_PORTS, type OutsideSettings } from './outside-settings';

/** AWS takes 255 characters for the reason of a rule. */
const LONGEST_LIST = 200;

/** A way out that is not the open port itself. */
export interface IOutsideWay {
  /**
   * Opens it to a client.
   *
   * @param names of the entries that it leads to, at least one
   * @returns the variables by which the program finds it
   */
  open(client: IClient, names: readonly string[]): Variables;
}

/**
 * What lies outside of AWS. Security groups know no names: a client's opens the port to the whole internet, and the
 * `egress` of its region lets pass what is declared. So all that one client names is one rule for each port.
 */
export class Outside implements IUsable<readonly string[]> {
  /** @param way that clients take in place of open ports */
  constructor(
    private readonly entries: Readonly<Record<string, OutsideSettings>>,
    private readonly way?: IOutsideWay,
  ) {}

  /** @param names of the entries */
  letUse(client: IClient, names: readonly string[]): Variables {
    if (this.way) return names.length > 0 ? this.way.open(client, names) : {};
    for (const port of OUTSIDE_PORTS) {
      const called = names.filter((name) => this.entries[name]?.ports.includes(port)).join(', ');
      if (called === '') continue;
      const reason = called.length > LONGEST_LIST ? 'Declared names' : called;
      client.connections.allowToOutside(
        { id: 'Internet', cidrIpv4: '0.0.0.0/0' },
        `${reason}, outside of AWS`,
        port,
      );
    }
    return {};
  }
}
