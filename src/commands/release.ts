import { releaseParameter } from '../../modules/compute/parameter-names';
import { COLLECTOR_IMAGE } from '../../modules/compute/trace-collector';
import { USERS_IMAGE } from '../../modules/database/users-image';
import { PROXY_IMAGE } from '../../modules/egress/proxy-image';
import { makesUsers } from '../config/database-users';
import { regionsWithProxies, regionsWithTraces } from '../config/service-needs';
import type { Environment } from '../config/estate';
import { InputError } from '../errors';
import { checkAccount } from '../terraform/aws/credentials';
import { inEachRegion } from '../terraform/stacks/in-each-region';
import {
  homeOf,
  parametersOwner,
  regionsOfService,
  serviceNamed,
} from '../terraform/parameters/service-parameters';
import { surroundings, type Surroundings } from '../terraform/stacks/surroundings';

export interface ReleaseOptions {
  readonly environment: string;
  readonly example?: string | undefined;
  /** Or `database-users`, the program that makes users of databases, `egress-proxy` or `trace-collector`. */
  readonly service: string;
  /** Of the image, as the registry says it: `sha256:` and 64 hexadecimal digits. This or `from`. */
  readonly digest?: string | undefined;
  /** The environment whose release of the service it is from now on, for promotion. */
  readonly from?: string | undefined;
  /** AWS profile that may read releases of `from`; needed if that is in another account. */
  readonly fromProfile?: string | undefined;
}

/** Says which image a service runs from the next plan on, in every region where it runs. */
export async function runRelease(
  options: ReleaseOptions,
  outside: Surroundings = surroundings(),
): Promise<void> {
  const environment = await outside.loadEnvironment(options);
  const to = released(environment, options.service);
  const source = await sourceOf(to, options, outside);
  await checkAccount(outside.callerAccount, homeOf(environment));
  const digest = typeof source === 'string' ? source : await digestReleased(source, outside);
  const name = releaseParameter(options.environment, to.owner);
  await inEachRegion(to.regions, outside.reporter, async (region) => {
    const old = await outside.parameters.read(region, name);
    if (old === digest) return `${name}: ${digest} already`;
    await outside.parameters.write({ region, name, value: digest });
    return `${name}: ${old ?? 'none'} -> ${digest}`;
  });
}

const DIGEST = /^sha256:[0-9a-f]{64}$/;

/** What of an environment is released. */
interface Released {
  readonly environment: Environment;
  /** Repository in the registry. */
  readonly image: string;
  /** The name under which its parameter is kept. */
  readonly owner: string;
  readonly regions: readonly string[];
}

/** Programs of ours that run where services need them. */
const BESIDE_SERVICES: ReadonlyMap<string, typeof regionsWithProxies> = new Map([
  [PROXY_IMAGE, regionsWithProxies],
  [COLLECTOR_IMAGE, regionsWithTraces],
]);

/** A service, the proxies or the collectors, in each region where they run, or the program that makes users of databases, which runs in the primary. */
function released(environment: Environment, named: string): Released {
  if (named === USERS_IMAGE && makesUsers(environment.settings))
    return { environment, image: named, owner: named, regions: [homeOf(environment).region] };
  const regions = BESIDE_SERVICES.get(named)?.(environment.settings) ?? [];
  if (regions.length > 0) return { environment, image: named, owner: named, regions };
  const service = serviceNamed(environment, named);
  return {
    environment,
    image: environment.settings.services[service]?.image ?? service,
    owner: parametersOwner(environment, service),
    regions: regionsOfService(environment, service),
  };
}

interface Source extends Released {
  readonly profile: string | undefined;
}

/** The digest, or where it is taken from. A digest of another repository would name no image in this one. */
async function sourceOf(
  to: Released,
  { environment, example, service, digest, from, fromProfile }: ReleaseOptions,
  outside: Surroundings,
): Promise<string | Source> {
  if ((digest === undefined) === (from === undefined))
    throw new InputError([
      `DIGEST or FROM must be given, one of them, got ${digest === undefined ? 'neither' : 'both'}; FROM is the environment whose release it is`,
    ]);
  if (from === undefined) return givenDigest(digest ?? '', fromProfile);
  if (from === environment)
    throw new InputError([
      `FROM must name another environment than ENV, got "${from}"; name the one before it`,
    ]);
  const source = released(
    await named('FROM', outside.loadEnvironment({ environment: from, example })),
    service,
  );
  if (source.image !== to.image)
    throw new InputError([
      `FROM must name an environment whose ${service} runs the image ${to.image}, got "${from}", where it is ${source.image}; give the DIGEST of one of ${to.image}`,
    ]);
  const { account } = homeOf(source.environment);
  if (fromProfile === undefined && account !== homeOf(to.environment).account)
    throw new InputError([
      `FROM_PROFILE must name an AWS profile of account ${account}, where ${from} is, got nothing; add FROM_PROFILE=<profile>, or give the DIGEST`,
    ]);
  return { ...source, profile: fromProfile };
}

function givenDigest(digest: string, profile: string | undefined): string {
  if (!DIGEST.test(digest))
    throw new InputError([
      `DIGEST must be sha256: and 64 hexadecimal digits, got "${digest}"; take it from the push of the image`,
    ]);
  if (profile === undefined) return digest;
  throw new InputError([
    `FROM_PROFILE must be left out beside DIGEST, got "${profile}"; it says who reads the release of FROM`,
  ]);
}

/** The same refusal, said of the variable that has named the environment. */
async function named<T>(variable: string, loading: Promise<T>): Promise<T> {
  try {
    return await loading;
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    throw new InputError(
      error.problems.map((problem) => problem.replace(/^ENV must name/, `${variable} must name`)),
    );
  }
}

/** The one digest that is released in all regions of the source. */
async function digestReleased(
  { environment, owner, regions, profile }: Source,
  { callerAccount, parameters }: Surroundings,
): Promise<string> {
  const home = homeOf(environment);
  await checkAccount((region) => callerAccount(region, profile), home);
  const name = releaseParameter(environment.name, owner);
  const found = await Promise.all(
    regions.map(async (region) => ({ region, digest: await parameters.read(region, name, profile) })),
  );
  const first = found[0]?.digest ?? 'none';
  if (DIGEST.test(first) && found.every(({ digest }) => digest === first)) return first;
  const got = found.map(({ region, digest }) => `${digest ?? 'none'} in ${region}`).join(' and ');
  throw new InputError([
    `${name} must name one image in all regions of ${environment.name}, got ${got}; run make release ENV=${environment.name} SERVICE=${owner} DIGEST=sha256:… first`,
  ]);
}
