import type { IClient, IUsable, Variables } from '../access/usable';
import { OUTSIDE_PORTS, type OutsideSettings } from './outside-settings';

/** AWS takes 255 characters for the reason of a rule. */
const LONGEST_LIST = 200;

/**
 * What lies outside of AWS. Security groups know no names: a client's opens the port to the whole internet, and the
 * `egress` of its region lets pass what is declared. So all that one client names is one rule for each port.
 */
export class Outside implements IUsable<readonly string[]> {
  constructor(private readonly entries: Readonly<Record<string, OutsideSettings>>) {}

  /** @param names of the entries */
  letUse(client: IClient, names: readonly string[]): Variables {
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
