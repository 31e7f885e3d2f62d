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
  /** The network of somebody else that has it: no setting of ours moves it. @default it is ours */
  readonly network?: string;
}

/**
 * Where ranges come from. A capability with ranges adds a line: of our own ones (a pool of a client VPN), no two of which
 * may overlap; or of networks of others (peers, what is migrated from), which may lie over one another where no
 * VPC is connected to both.
 */
const SOURCES: readonly ((draft: Draft) => Range[])[] = [vpcRanges, otherNetworks];

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

function otherNetworks(draft: Draft): Range[] {
  const { merged, name } = draft;
  if (!isMap(merged['otherNetworks'])) return [];
  return Object.entries(merged['otherNetworks']).flatMap(([network, ranges]) =>
    (Array.isArray(ranges) ? ranges : []).map((cidr, index) => ({
      draft,
      path: ['otherNetworks', network, index],
      owner: `${network}, which ${name} names in otherNetworks`,
      cidr: String(cidr),
      network,
    })),
  );
}

/** Of what overlaps, nothing can ever be connected: our own ranges, in any environment or region, and those of others. */
export function checkRanges(drafts: readonly Draft[]): void {
  const ranges = drafts
    .flatMap((draft) => SOURCES.flatMap((source) => source(draft)))
    .filter(({ cidr }) => isRange(cidr));
  const others = ranges.flatMap(({ network, cidr }) => (network === undefined ? [] : [cidr]));
  const isRoomFor = ({ cidr }: Range) => nextFreeRange(prefixOf(cidr), others) !== undefined;
  const proposals = new Proposals(ranges.map(({ cidr }) => cidr));
  // stable: of two equal ranges the one that is written later is to change
  const sorted = [...ranges].sort((a, b) => compare(firstAddress(a.cidr), firstAddress(b.cidr)));
  for (const [index, range] of sorted.entries()) {
    // of several the one that reaches farthest is in the way of most
    const other = sorted
      .slice(0, index)
      .filter((one) => lastAddress(one.cidr) >= firstAddress(range.cidr) && exclude(one, range))
      .reduce<Range | undefined>(
        (far, one) => (far && lastAddress(far.cidr) >= lastAddress(one.cidr) ? far : one),
        undefined,
      );
    if (!other) continue;
    const [keeps, changes] = whoChanges(range, other, ranges);
    const free = changes.network === undefined ? proposals.of(changes) : undefined;
    if (keeps.network !== undefined && changes.network === undefined && !isRoomFor(changes))
      leavesNone(keeps);
    else refuse(changes, keeps, free);
  }
}

/** Networks of others exclude each other only where one environment is to reach both. */
const exclude = (one: Range, other: Range) =>
  one.network === undefined ||
  other.network === undefined ||
  (one.draft === other.draft && one.network !== other.network);

/** What is ours moves out of the way of others; else what is written later. */
function whoChanges(one: Range, other: Range, written: readonly Range[]): [keeps: Range, changes: Range] {
  if ((one.network === undefined) !== (other.network === undefined))
    return one.network === undefined ? [other, one] : [one, other];
  return written.indexOf(one) < written.indexOf(other) ? [one, other] : [other, one];
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

/** Said once, and not of each VPC: none of them has anywhere to go. */
function leavesNone({ draft, path, cidr }: Range): void {
  draft.report({
    path,
    rule: 'leave a private range to VPCs',
    value: cidr,
    remedy: 'write the ranges that are in use there, and no more',
  });
}

function refuse({ draft, path, cidr, network }: Range, other: Range, free: string | undefined): void {
  draft.report({
    path,
    rule: `not overlap ${other.cidr} of ${other.owner}`,
    value: cidr,
    remedy:
      network !== undefined
        ? 'leave out the one that nothing is to be connected to'
        : free === undefined
          ? 'no private range of this size is free: shrink another one'
          : `take ${free}, the next free range`,
  });
}

/** Host bits are another rule's to report; what is meant is compared all the same. */
const isRange = (text: string) => /\/\d{1,2}$/.test(text) && Address4.isValid(text);

const compare = (a: bigint, b: bigint) => (a < b ? -1 : a > b ? 1 : 0);
