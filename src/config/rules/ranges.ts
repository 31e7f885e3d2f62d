import { Address4 } from 'ip-address';
import { firstAddress, lastAddress, nextFreeRange, prefixOf } from '../../../modules/network/address-plan';
import type { Draft } from '../check';
import { isMap, valueAt } from '../merge';

/** A range of addresses that some setting takes. */
interface Range {
  readonly draft: Draft;
  readonly path: readonly PropertyKey[];
  /** Whose it is, for messages. */
  readonly owner: string;
  readonly cidr: string;
}

/** Where ranges come from. A capability with ranges of its own (VPN pools, on-premises networks) adds a line. */
const SOURCES: readonly ((draft: Draft) => Range[])[] = [vpcRanges];

function vpcRanges(draft: Draft): Range[] {
  const { merged, name } = draft;
  if (!isMap(merged['regions'])) return [];
  return Object.entries(merged['regions']).map(([region, settings]) => ({
    draft,
    path: ['regions', region, 'network', 'cidr'],
    owner: `${name} in ${region}`,
    cidr: String(valueAt(settings, ['network', 'cidr'])),
  }));
}

/** No two ranges overlap, in any environment or region: what overlaps can never be connected. */
export function checkRanges(drafts: readonly Draft[]): void {
  const ranges = drafts
    .flatMap((draft) => SOURCES.flatMap((source) => source(draft)))
    .filter(({ cidr }) => isRange(cidr));
  const proposals = new Proposals(ranges.map(({ cidr }) => cidr));
  // stable: of two equal ranges the one that is written later is to change
  const sorted = [...ranges].sort((a, b) => compare(firstAddress(a.cidr), firstAddress(b.cidr)));
  let farthest: Range | undefined;
  for (const range of sorted) {
    if (farthest && firstAddress(range.cidr) <= lastAddress(farthest.cidr)) {
      const [keeps, changes] =
        ranges.indexOf(range) < ranges.indexOf(farthest) ? [range, farthest] : [farthest, range];
      refuse(changes, keeps, proposals.of(changes));
    }
    if (!farthest || lastAddress(range.cidr) > lastAddress(farthest.cidr)) farthest = range;
  }
}

/** What to take instead: one for each range, and none that another one was told to take. */
class Proposals {
  private readonly taken: string[];
  private readonly given = new Map<Range, string | undefined>();

  constructor(taken: readonly string[]) {
    this.taken = [...taken];
  }

  of(range: Range): string | undefined {
    if (this.given.has(range)) return this.given.get(range);
    const free = nextFreeRange(prefixOf(range.cidr), this.taken, range.cidr.split('/')[0]);
    this.given.set(range, free);
    if (free !== undefined) this.taken.push(free);
    return free;
  }
}

function refuse({ draft, path, cidr }: Range, other: Range, free: string | undefined): void {
  draft.report({
    path,
    rule: `not overlap ${other.cidr} of ${other.owner}`,
    value: cidr,
    remedy:
      free === undefined
        ? 'no private range of this size is free: shrink another one'
        : `take ${free}, the next free range`,
  });
}

/** Host bits are another rule's to report; what is meant is compared all the same. */
const isRange = (text: string) => /\/\d{1,2}$/.test(text) && Address4.isValid(text);

const compare = (a: bigint, b: bigint) => (a < b ? -1 : a > b ? 1 : 0);
