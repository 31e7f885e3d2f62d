import type { z } from 'zod';
import type { Draft } from '../../../../src/config/check';
import { checkRanges } from '../../../../src/config/rules/ranges';
import { environmentSchema, sharedSchema } from '../../../../src/config/schema';

/** Settings of ranges that are no network: each with the reason why no overlap of theirs matters, or who looks at it. */
const ELSEWHERE = [
  // parts of a VPC that stands, within its own range: existing-networks.ts looks at them
  'regions.us-east-1.network.existing.subnets.public.entry.cidr',
  'regions.us-east-1.network.existing.subnets.application.entry.cidr',
  'regions.us-east-1.network.existing.subnets.data.entry.cidr',
];

const RANGE = '10.40.0.0/16';

/** As much of a schema's definition as is walked through. */
interface Definition {
  readonly type: string;
  readonly shape?: Readonly<Record<string, Schema>>;
  readonly keyType?: Schema;
  readonly valueType?: Schema;
  readonly element?: Schema;
  readonly innerType?: Schema;
  readonly options?: readonly Schema[];
  readonly in?: Schema;
}
type Schema = z.ZodType & { readonly def: Definition };

/** Paths of all settings that take a range of addresses and no other word, with a name for each entry on the way. */
function rangeSettings(schema: Schema, path: readonly string[] = []): string[] {
  const { def } = schema;
  const below = [
    ...Object.entries(def.shape ?? {}).flatMap(([name, inner]) => rangeSettings(inner, [...path, name])),
    ...(def.valueType ? rangeSettings(def.valueType, [...path, entryOf(def.keyType)]) : []),
    ...(def.element ? rangeSettings(def.element, [...path, '0']) : []),
    ...[def.innerType, def.in, ...(def.options ?? [])].flatMap((one) =>
      one ? rangeSettings(one, path) : [],
    ),
  ];
  const takes = (value: string) => schema.safeParse(value).success;
  const takesRange = def.type === 'string' && (takes(RANGE) || takes('2001:db8::/56')) && !takes('word');
  return [...new Set(takesRange ? [path.join('.')] : below)];
}

const entryOf = (keys: Schema | undefined) => (keys?.safeParse('entry').success ? 'entry' : 'us-east-1');

/** Settings that say one thing alone. */
function saying(path: readonly string[], value: unknown): unknown {
  const [first, ...rest] = path;
  if (first === undefined) return value;
  const inner = saying(rest, value);
  return first === '0' ? [inner] : { [first]: inner };
}

/** Whether the check of overlaps sees a range of this setting, beside a VPC that has it. */
function isSeen(path: string): boolean {
  let isReported = false;
  const draft = (name: string, at: string) =>
    ({
      name,
      merged: saying(at.split('.'), RANGE),
      report: () => {
        isReported = true;
      },
    }) as unknown as Draft;
  checkRanges([draft('prod', 'regions.us-west-2.network.cidr'), draft('dev', path)]);
  return isReported;
}

const found = rangeSettings(environmentSchema);

test('settings of ranges are found', () => {
  expect(found).toEqual(
    expect.arrayContaining(['regions.us-east-1.network.cidr', 'otherNetworks.entry.0', ...ELSEWHERE]),
  );
});

test.each(found.filter((path) => !ELSEWHERE.includes(path)))(
  '%s is in the check of overlaps: a capability with ranges adds them to src/config/rules/ranges.ts',
  (path) => {
    expect(isSeen(path)).toBe(true);
  },
);

test('what environments share has no ranges, which the check would not see', () => {
  expect(rangeSettings(sharedSchema as unknown as Schema)).toEqual([]);
});
