import { environments, shared } from '../../../fixtures/car-retail';
import { changed, problemsOf, warningsOf } from '../../../support/estate';

const service = { image: 'desk', port: 8080, cpu: 256, memoryMiB: 512, tasks: { min: 1, max: 2 } };
const general = { instanceType: 't4g.medium', min: 0, max: 2 };
const inDev = (change: object) => ({ shared, environments: { dev: changed(environments.dev, change) } });
const desk = (ec2: string, more: object = { architecture: 'ARM64' }) => ({
  desk: { ...service, capacity: { ec2 }, ...more },
});
const at = 'environments/dev.ts: services.desk';

describe('capacity that services run on', () => {
  test('is there', () => {
    expect(problemsOf(inDev({ capacity: { general }, services: desk('genral') }))).toEqual([
      `${at}.capacity.ec2 must name one of capacity, got "genral"; did you mean "general"?`,
    ]);
  });

  test('is what their images are built for', () => {
    expect(problemsOf(inDev({ capacity: { general }, services: desk('general', {}) }))).toEqual([
      `${at}.architecture must be ARM64, as the instances of capacity.general are (t4g.medium), got "X86_64"; build the image for it, or choose another instanceType`,
    ]);
  });

  test.each([
    [
      't4g.medium',
      { cpu: 4096, memoryMiB: 8192 },
      [
        `${at}.cpu must be at most 2048, the CPU units of an instance of capacity.general (t4g.medium), got 4096; lower it, or choose a larger instanceType for capacity.general`,
        `${at}.memoryMiB must be below 4096, of which the system of an instance of capacity.general (t4g.medium) needs some, got 8192; lower it, or choose a larger instanceType for capacity.general`,
      ],
    ],
    [
      'r8g.large',
      { cpu: 2048, memoryMiB: 16384 },
      [
        `${at}.memoryMiB must be below 16384, of which the system of an instance of capacity.general (r8g.large) needs some, got 16384; lower it, or choose a larger instanceType for capacity.general`,
      ],
    ],
    ['c7g.medium', { cpu: 1024, memoryMiB: 2048 }, [expect.stringContaining('memoryMiB must be below 2048')]],
    ['m7g.large', { cpu: 2048, memoryMiB: 7168 }, []],
    ['m7g.8xlarge', { cpu: 16384, memoryMiB: 122880 }, []],
  ])('has room for them on %s', (instanceType, size, expected) => {
    const capacity = { general: { ...general, instanceType } };
    const services = desk('general', { architecture: 'ARM64', ...size });
    expect(problemsOf(inDev({ capacity, services }))).toEqual(expected);
  });

  test('stands where they stand', () => {
    const services = desk('general', { architecture: 'ARM64', standby: {} });
    expect(problemsOf(inDev({ capacity: { general }, services }))).toEqual([
      `${at}.capacity.ec2 must stand in the standby region too, as services.desk.standby says of the service, got "general"; give capacity.general a standby, or take that of the service away`,
    ]);
    expect(problemsOf(inDev({ capacity: { general: { ...general, standby: {} } }, services }))).toEqual([]);
  });

  test('is used by one of them', () => {
    expect(warningsOf(inDev({ capacity: { general } }))).toContain(
      'environments/dev.ts: capacity.general must be used by a service; name it in capacity.ec2 of a service, or remove it',
    );
  });
});
