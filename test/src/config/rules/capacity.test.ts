import { environments, shared } from '../../../fixtures/car-retail';
import { changed, problemsOf, warningsOf } from '../../../support/estate';

const service = { image: 'desk', port: 8080, cpu: 256, memoryMiB: 512, tasks: { min: 1, max: 2 } };
const general = { instanceType: 't4g.medium', min: 1, max: 2 };
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
