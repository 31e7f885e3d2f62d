import { machineType, type Sizes } from '../settings/machine-type';

const BURSTABLE = ['small', 'medium', 'large', 'xlarge', '2xlarge'];
const TO_16 = ['large', 'xlarge', '2xlarge', '4xlarge', '8xlarge', '12xlarge', '16xlarge'];
const TO_32 = [...TO_16, '24xlarge', '32xlarge'];
const TO_48 = [...TO_16, '24xlarge', '48xlarge'];

/**
 * Current types without local disks, accelerators and bare metal. As of August 2026:
 * https://docs.aws.amazon.com/ec2/latest/instancetypes/ec2-instance-regions.html
 */
export const INSTANCE_SIZES = {
  t3: BURSTABLE,
  t3a: BURSTABLE,
  t4g: BURSTABLE,
  c6i: TO_32,
  m6i: TO_32,
  r6i: TO_32,
  c7i: TO_48,
  m7i: TO_48,
  r7i: TO_48,
  c6g: ['medium', ...TO_16],
  m6g: ['medium', ...TO_16],
  r6g: ['medium', ...TO_16],
  c7g: ['medium', ...TO_16],
  m7g: ['medium', ...TO_16],
  r7g: ['medium', ...TO_16],
  c8g: ['medium', ...TO_48],
  m8g: ['medium', ...TO_48],
  r8g: ['medium', ...TO_48],
} as const satisfies Sizes;

export const instanceType = machineType({
  what: 'a current instance type without local disks',
  sizes: INSTANCE_SIZES,
  example: 'm7g.large',
  file: 'modules/compute/instance-type.ts',
});

/** What images have to be built for. Graviton has a `g` right after the generation: m7g, t4g. */
export const architectureOf = (type: string): 'ARM64' | 'X86_64' =>
  /^[a-z]+\d+g/.test(type) ? 'ARM64' : 'X86_64';

/** GiB of T types by size, of the others by vCPU. https://docs.aws.amazon.com/ec2/latest/instancetypes/instance-types.html */
const BURSTABLE_GIB: Readonly<Record<string, number>> = {
  small: 2,
  medium: 4,
  large: 8,
  xlarge: 16,
  '2xlarge': 32,
};
const GIB_A_VCPU: Readonly<Record<string, number>> = { c: 2, m: 4, r: 8 };

/** Memory that AWS says of a type that settings take, in MiB. */
export function memoryMiBOf(type: string): number {
  const [family = '', size = ''] = type.split('.');
  const gib = family.startsWith('t')
    ? BURSTABLE_GIB[size]
    : vcpusOf(type) * (GIB_A_VCPU[family.charAt(0)] ?? NaN);
  if (gib === undefined || Number.isNaN(gib))
    throw new Error(
      `${type}: the memory must be known, and is not; add it to modules/compute/instance-type.ts`,
    );
  return gib * 1024;
}

/** As the quota of running instances counts: https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/ec2-on-demand-instances.html */
export function vcpusOf(type: string): number {
  const [family = '', size = ''] = type.split('.');
  if (size === 'medium' && !family.startsWith('t')) return 1;
  const multiple = /^(\d*)xlarge$/.exec(size)?.[1];
  return multiple === undefined ? 2 : 4 * Number(multiple || 1);
}
