import { releaseParameter } from '../../modules/compute/parameter-names';
import { USERS_IMAGE } from '../../modules/database/users-image';
import { PROXY_IMAGE } from '../../modules/egress/proxy-image';
import { makesUsers } from '../config/database-users';
import { regionsWithProxies } from '../config/region-plan';
import type { Environment } from '../config/estate';
import { InputError } from '../errors';
import { checkAccount } from '../terraform/credentials';
import { inEachRegion } from '../terraform/in-each-region';
import { homeOf, parametersOwner, regionsOfService, serviceNamed } from '../terraform/service-parameters';
import { surroundings, type Surroundings } from '../terraform/surroundings';

export interface ReleaseOptions {
  readonly environment: string;
  readonly example?: string | undefined;
  /** Or `database-users`, the program that makes users of databases, or `egress-proxy`. */
  readonly service: string;
  /** Of the image, as the registry says it: `sha256:` and 64 hexadecimal digits. */
  readonly digest: string;
}

/** Says which image a service runs from the next plan on, in every region where it runs. */
export async function runRelease(
  { digest, ...options }: ReleaseOptions,
  outside: Surroundings = surroundings(),
): Promise<void> {
  const environment = await outside.loadEnvironment(options);
  const { name: owner, regions } = released(environment, options.service);
  if (!/^sha256:[0-9a-f]{64}$/.test(digest)) {
    throw new InputError([
      `DIGEST must be sha256: and 64 hexadecimal digits, got "${digest}"; take it from the push of the image`,
    ]);
  }
  await checkAccount(outside.callerAccount, homeOf(environment));
  const name = releaseParameter(options.environment, owner);
  await inEachRegion(regions, outside.reporter, async (region) => {
    const old = await outside.parameters.read(region, name);
    if (old === digest) return `${name}: ${digest} already`;
    await outside.parameters.write({ region, name, value: digest });
    return `${name}: ${old ?? 'none'} -> ${digest}`;
  });
}

/** A service, or the proxies, in each region where they run, or the program that makes users of databases, which runs in the primary. */
function released(environment: Environment, named: string): { name: string; regions: readonly string[] } {
  if (named === USERS_IMAGE && makesUsers(environment.settings))
    return { name: USERS_IMAGE, regions: [homeOf(environment).region] };
  const proxied = named === PROXY_IMAGE ? regionsWithProxies(environment.settings) : [];
  if (proxied.length > 0) return { name: PROXY_IMAGE, regions: proxied };
  const service = serviceNamed(environment, named);
  return { name: parametersOwner(environment, service), regions: regionsOfService(environment, service) };
}
