import type { Environment } from '../../../src/config/estate';
import { ACCOUNT } from './driver-world';

interface TestService {
  readonly image?: string;
  readonly secrets?: readonly string[];
  readonly standby?: object;
  readonly renamedFrom?: readonly string[];
  readonly tracing?: object;
}

/** As much of a loaded environment as commands on parameters look at. */
export function testEnvironment(
  services: Readonly<Record<string, TestService>>,
  name = 'dev',
  account = ACCOUNT,
): Environment {
  const settings = {
    account,
    regions: { 'us-west-2': { role: 'standby' }, 'us-east-1': { role: 'primary' } },
    services: Object.fromEntries(
      Object.entries(services).map(([name, service]) => [name, { image: name, secrets: [], ...service }]),
    ),
  };
  return { name, production: false, settings: settings as unknown as Environment['settings'] };
}
