import { COLLECTOR_IMAGE } from '../../modules/compute/trace-collector';
import { USERS_IMAGE } from '../../modules/database/users-image';
import { PROXY_IMAGE } from '../../modules/egress/proxy-image';
import { makeCommand, type Target } from './command-text';
import type { ParameterStore } from './parameter-store';
import type { NeededParameter } from './stack-config';

/** Those that are not there, looked up once in each region. */
export async function missingParameters(
  store: ParameterStore,
  needed: readonly NeededParameter[],
): Promise<readonly NeededParameter[]> {
  const regions = [...new Set(needed.map(({ region }) => region))];
  const missing = await Promise.all(
    regions.map(async (region) => {
      const here = needed.filter((one) => one.region === region);
      const present = await store.present(
        region,
        here.map(({ name }) => name),
      );
      return here.filter(({ name }) => !present.has(name));
    }),
  );
  return missing.flat();
}

export const missingParameterText = ({ name, region }: NeededParameter, target: Target) =>
  `parameter ${name} must be in ${region} before a plan, got none; ${remedy(name, target)}`;

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
