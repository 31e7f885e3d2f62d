import { architectureOf, INSTANCE_SIZES, memoryMiBOf, vcpusOf } from '../../../modules/compute/instance-type';
import type { Draft } from '../check';
import { isMap, valueAt } from '../merge';
import { missingName } from './former-name';

/** Services run on capacity that there is, also in the standby, with images built for it. What nobody uses is odd. */
export function checkCapacity({ merged, report, warn }: Draft): void {
  const known = Object.keys(isMap(merged['capacity']) ? merged['capacity'] : {});
  const used = new Set<unknown>();
  for (const [service, settings] of Object.entries(isMap(merged['services']) ? merged['services'] : {})) {
    const name = valueAt(settings, ['capacity', 'ec2']);
    used.add(name);
    if (typeof name === 'string') checkService(service, settings, name);
  }
  for (const name of known.filter((one) => !used.has(one))) {
    warn({
      path: ['capacity', name],
      rule: 'be used by a service',
      hideValue: true,
      remedy: 'name it in capacity.ec2 of a service, or remove it',
    });
  }

  function checkService(service: string, settings: unknown, name: string): void {
    const path = ['services', service, 'capacity', 'ec2'];
    if (!known.includes(name)) {
      report({
        path,
        rule: 'name one of capacity',
        value: name,
        remedy: missingName(merged, 'capacity', name, known),
      });
      return;
    }
    if (valueAt(settings, ['standby']) && !valueAt(merged, ['capacity', name, 'standby'])) {
      report({
        path,
        rule: `stand in the standby region too, as services.${service}.standby says of the service`,
        value: name,
        remedy: `give capacity.${name} a standby, or take that of the service away`,
      });
    }
    const type = valueAt(merged, ['capacity', name, 'instanceType']);
    if (isInstanceType(type)) checkSize(service, settings, name, type);
    const architecture = valueAt(settings, ['architecture']) ?? 'X86_64';
    if (typeof type !== 'string' || architecture === architectureOf(type)) return;
    report({
      path: ['services', service, 'architecture'],
      rule: `be ${architectureOf(type)}, as the instances of capacity.${name} are (${type})`,
      value: architecture,
      remedy: 'build the image for it, or choose another instanceType',
    });
  }

  /** ECS would look for a place forever, and start instances that all are too small. */
  function checkSize(service: string, settings: unknown, name: string, type: string): void {
    const [cpu, memoryMiB] = [valueAt(settings, ['cpu']), valueAt(settings, ['memoryMiB'])];
    const remedy = `lower it, or choose a larger instanceType for capacity.${name}`;
    const units = vcpusOf(type) * 1024;
    if (typeof cpu === 'number' && cpu > units) {
      report({
        path: ['services', service, 'cpu'],
        rule: `be at most ${units}, the CPU units of an instance of capacity.${name} (${type})`,
        value: cpu,
        remedy,
      });
    }
    // the system keeps 2 to 5 %, and the sizes of tasks lie further apart than that
    if (typeof memoryMiB === 'number' && memoryMiB >= memoryMiBOf(type)) {
      report({
        path: ['services', service, 'memoryMiB'],
        rule: `be below ${memoryMiBOf(type)}, of which the system of an instance of capacity.${name} (${type}) needs some`,
        value: memoryMiB,
        remedy,
      });
    }
  }
}

function isInstanceType(type: unknown): type is string {
  if (typeof type !== 'string') return false;
  const [family = '', size = ''] = type.split('.');
  const sizes: Readonly<Record<string, readonly string[]>> = INSTANCE_SIZES;
  return Object.hasOwn(sizes, family) && (sizes[family]?.includes(size) ?? false);
}
