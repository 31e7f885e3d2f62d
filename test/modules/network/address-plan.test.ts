import * as fc from 'fast-check';
import {
  cidrFrom,
  firstAddress,
  lastAddress,
  nextFreeRange,
  overlaps,
  prefixOf,
  sizeOfPrefix,
  subnetRange,
  tierRange,
  TIERS,
  VPC_PREFIX,
  ZONES,
} from '../../../modules/network/address-plan';

const PRIVATE = ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16'];
const within = (inner: string, outer: string) =>
  firstAddress(inner) >= firstAddress(outer) && lastAddress(inner) <= lastAddress(outer);
const isAligned = (cidr: string) => firstAddress(cidr) % sizeOfPrefix(prefixOf(cidr)) === 0n;

/** Any range of this size within the private ranges that has room for one. */
const privateRange = (min: number, max: number) =>
  fc
    .record({ prefix: fc.integer({ min, max }), range: fc.constantFrom(...PRIVATE), place: fc.nat() })
    .filter(({ prefix, range }) => prefix >= prefixOf(range))
    .map(({ prefix, range, place }) => {
      const count = sizeOfPrefix(prefixOf(range)) / sizeOfPrefix(prefix);
      return cidrFrom(firstAddress(range) + (BigInt(place) % count) * sizeOfPrefix(prefix), prefix);
    });
const vpcRange = privateRange(VPC_PREFIX.min, VPC_PREFIX.max);

/** Every subnet that a VPC can have, those for the firewall included. */
const subnetsOf = (vpc: string) =>
  TIERS.flatMap((tier) =>
    ZONES.map((zone) => ({ tier, name: `${tier} ${zone}`, cidr: subnetRange(vpc, tier, zone) })),
  );

describe('the subnets of a VPC', () => {
  test('are these for 10.20.0.0/16', () => {
    expect(Object.fromEntries(subnetsOf('10.20.0.0/16').map(({ name, cidr }) => [name, cidr]))).toEqual({
      'application A': '10.20.0.0/19',
      'application B': '10.20.32.0/19',
      'application C': '10.20.64.0/19',
      'data A': '10.20.128.0/20',
      'data B': '10.20.144.0/20',
      'data C': '10.20.160.0/20',
      'public A': '10.20.192.0/21',
      'public B': '10.20.200.0/21',
      'public C': '10.20.208.0/21',
      'firewall A': '10.20.224.0/22',
      'firewall B': '10.20.228.0/22',
      'firewall C': '10.20.232.0/22',
      'nat A': '10.20.240.0/22',
      'nat B': '10.20.244.0/22',
      'nat C': '10.20.248.0/22',
    });
  });

  test('never overlap', () => {
    fc.assert(
      fc.property(vpcRange, (vpc) => {
        const subnets = subnetsOf(vpc);
        for (const [index, one] of subnets.entries()) {
          for (const other of subnets.slice(index + 1)) expect(overlaps(one.cidr, other.cidr)).toBe(false);
        }
      }),
    );
  });

  test('all lie inside the VPC and inside the range of their tier', () => {
    fc.assert(
      fc.property(vpcRange, (vpc) => {
        for (const { tier, cidr } of subnetsOf(vpc)) {
          expect(within(cidr, vpc)).toBe(true);
          expect(within(cidr, tierRange(vpc, tier))).toBe(true);
        }
      }),
    );
  });

  test('are aligned, and none is smaller than the /28 that AWS takes', () => {
    fc.assert(
      fc.property(vpcRange, (vpc) => {
        for (const { cidr } of subnetsOf(vpc)) {
          expect(isAligned(cidr)).toBe(true);
          expect(prefixOf(cidr)).toBeLessThanOrEqual(28);
        }
      }),
    );
  });

  test('would be too small in a smaller VPC than is taken', () => {
    const smallest = (vpc: string) => Math.max(...subnetsOf(vpc).map(({ cidr }) => prefixOf(cidr)));
    expect(smallest(`10.0.0.0/${VPC_PREFIX.max}`)).toBe(28);
    expect(smallest(`10.0.0.0/${VPC_PREFIX.max + 1}`)).toBe(29);
  });

  test('leave room: a share of each tier for one more zone; and fill the VPC to its end', () => {
    fc.assert(
      fc.property(vpcRange, (vpc) => {
        for (const tier of TIERS) {
          const share = sizeOfPrefix(prefixOf(subnetRange(vpc, tier, 'C')));
          expect(lastAddress(subnetRange(vpc, tier, 'C')) + share).toBe(lastAddress(tierRange(vpc, tier)));
        }
        expect(lastAddress(tierRange(vpc, 'nat'))).toBe(lastAddress(vpc));
      }),
    );
  });
});

describe('ranges', () => {
  test.each([
    ['10.0.0.0/16', '10.0.0.0/16', true],
    ['10.0.0.0/16', '10.0.255.0/24', true],
    ['10.0.0.0/16', '10.1.0.0/16', false],
    ['10.0.0.0/8', '172.16.0.0/12', false],
    ['0.0.0.0/0', '192.168.1.1/32', true],
    ['10.0.0.5/32', '10.0.0.5/32', true],
    ['10.0.0.4/31', '10.0.0.5/32', true],
  ])('%s and %s overlap: %s, whichever is asked first', (one, other, expected) => {
    expect(overlaps(one, other)).toBe(expected);
    expect(overlaps(other, one)).toBe(expected);
  });

  test('have a first and a last address', () => {
    expect(firstAddress('10.0.0.0/24')).toBe(0x0a00_0000n);
    expect(lastAddress('10.0.0.0/24')).toBe(0x0a00_00ffn);
    expect(cidrFrom(0x0a00_0100n, 24)).toBe('10.0.1.0/24');
  });
});

describe('the next free range', () => {
  const taken = fc.array(privateRange(8, 24), { maxLength: 12 });

  test.each<[number, string[], string | undefined, string | undefined]>([
    [16, [], undefined, '10.0.0.0/16'],
    [16, ['10.0.0.0/16', '10.1.0.0/16'], undefined, '10.2.0.0/16'],
    [16, ['10.1.0.0/16', '10.0.0.0/16'], undefined, '10.2.0.0/16'],
    [16, ['10.0.128.0/17'], undefined, '10.1.0.0/16'],
    [20, ['10.0.0.0/24'], undefined, '10.0.16.0/20'],
    [24, ['10.0.0.0/32'], undefined, '10.0.1.0/24'],
    [16, ['10.40.0.0/16'], '10.40.0.0', '10.41.0.0/16'],
    [16, ['10.255.0.0/16'], '10.255.0.0', '172.16.0.0/16'],
    [16, ['172.31.0.0/16', '192.168.0.0/16'], '172.31.0.0', '10.0.0.0/16'],
    [16, ['10.0.0.0/8'], undefined, '172.16.0.0/16'],
    [16, ['10.0.0.0/8', '172.16.0.0/12'], undefined, '192.168.0.0/16'],
    [16, PRIVATE, undefined, undefined],
    [7, [], undefined, undefined],
  ])('of size /%i beside %j from %s is %s', (prefix, ranges, from, expected) => {
    expect(nextFreeRange(prefix, ranges, from)).toBe(expected);
  });

  test('overlaps nothing that is taken, is aligned, private and as large as was asked', () => {
    fc.assert(
      fc.property(taken, fc.integer({ min: 16, max: 24 }), privateRange(16, 24), (ranges, prefix, from) => {
        const free = nextFreeRange(prefix, ranges, from.split('/')[0]);
        if (free === undefined) return;
        expect(prefixOf(free)).toBe(prefix);
        expect(isAligned(free)).toBe(true);
        expect(PRIVATE.some((range) => within(free, range))).toBe(true);
        for (const range of ranges) expect(overlaps(free, range)).toBe(false);
      }),
    );
  });

  test('is the lowest that there is, and is found whenever there is one', () => {
    const candidates = PRIVATE.flatMap((range) => {
      const count = Number(sizeOfPrefix(prefixOf(range)) / sizeOfPrefix(16));
      return Array.from({ length: count }, (_, place) =>
        cidrFrom(firstAddress(range) + BigInt(place) * sizeOfPrefix(16), 16),
      );
    });
    fc.assert(
      fc.property(fc.array(privateRange(8, 20), { maxLength: 12 }), (ranges) => {
        const lowest = candidates.find((one) => !ranges.some((range) => overlaps(one, range)));
        expect(nextFreeRange(16, ranges)).toBe(lowest);
      }),
    );
  });
});
