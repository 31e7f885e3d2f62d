import { COLLECTOR_IMAGE } from '../../../modules/compute/trace-collector';
import { USERS_IMAGE } from '../../../modules/database/users-image';
import { PROXY_IMAGE } from '../../../modules/egress/proxy-image';
import { makeCommand, type Target } from '../output/command-text';
import type { FoundParameter, ParameterStore } from '../aws/parameter-store';
import type { NeededParameter } from '../stacks/stack-config';

export interface ParameterProblem extends Pick<NeededParameter, 'region' | 'name'> {
  /** What is there instead of a secret. Default: nothing is there. */
  readonly got?: string;
}

/** Those that are not there, or are no secret and should be one, looked up once in each region. */
export async function missingParameters(
  store: ParameterStore,
  needed: readonly NeededParameter[],
): Promise<readonly ParameterProblem[]> {
  const regions = [...new Set(needed.map(({ region }) => region))];
  const problems = await Promise.all(
    regions.map(async (region) => {
      const here = needed.filter((one) => one.region === region);
      const present = await store.present(
        region,
        here.map(({ name }) => name),
      );
      return here.flatMap(({ name, secret }): ParameterProblem[] => {
        const found = present.get(name);
        if (!found) return [{ region, name }];
        const got = secret ? openness(found, name) : undefined;
        return got === undefined ? [] : [{ region, name, got }];
      });
    }),
  );
  return problems.flat();
}

/** A key's id or ARN may be that of the environment's: nothing here knows it. An alias says which key it is. */
function openness({ type, keyId = '' }: FoundParameter, name: string): string | undefined {
  if (type !== 'SecureString') return type;
  return keyId.includes('alias/') && !keyId.endsWith(aliasFor(name)) ? `one by ${keyId}` : undefined;
}

/** The environment's key for parameters, of which the name begins with the environment. */
const aliasFor = (name: string) => `alias/${name.split('/')[1] ?? ''}-parameters`;

export const missingParameterText = ({ name, region, got }: ParameterProblem, target: Target) =>
  got === undefined
    ? `parameter ${name} must be in ${region} before a plan, got none; ${remedy(name, target)}`
    : // Parameter Store changes no parameter's type
      `parameter ${name} in ${region} must be a SecureString by ${aliasFor(name)}, got ${got}; delete it there, then ${remedy(name, target)}`;

/** Where images of programs of ours come from, by their names. */
const OWN_IMAGES: ReadonlyMap<string, string> = new Map([
  [USERS_IMAGE, 'run make users-image, push what it makes'],
  [PROXY_IMAGE, 'run make proxy-image, push what it makes'],
  [COLLECTOR_IMAGE, 'copy the collector as docs/operations.md says under Traces'],
]);

/** The names are made in modules/compute/parameter-names.ts. */
function remedy(name: string, target: Target): string {
  const [first = '', second = '', third = '', ...rest] = name.slice(1).split('/');
  const environment = { scope: first === 'releases' ? second : first, example: target.example };
  if (first === 'releases' && third !== '' && rest.length === 0) {
    const release = `run ${makeCommand('release', environment, `SERVICE=${third} DIGEST=sha256:…`)}`;
    const image = OWN_IMAGES.get(third);
    return image === undefined ? release : `${image}, then ${release}`;
  }
  if (first === target.scope && third !== '' && rest.length === 0) {
    return `run ${makeCommand('secrets', environment, `SERVICE=${second} NAME=${third}`)}`;
  }
  return 'write it';
}
