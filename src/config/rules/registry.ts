import { COLLECTOR_IMAGE } from '../../../modules/compute/trace-collector';
import { USERS_IMAGE } from '../../../modules/database/users-image';
import { PROXY_IMAGE } from '../../../modules/egress/proxy-image';
import { regionFacts, REGION_NAMES } from '../../../modules/network/regions';
import type { Draft } from '../check';
import { kebabCase } from '../../../modules/naming/kebab-case';
import { isMap, valueAt } from '../merge';

/** Services run images of the shared registry, whose repositories have addresses of their own. */
export function checkRegistry(drafts: readonly Draft[], shared: unknown): void {
  if (shared === undefined) return checkThereIsOne(drafts);
  checkImages(drafts);
  if (valueAt(shared, ['enabled']) !== true) checkRegions(drafts);
}

/** The registry stands wherever an environment does. */
function checkRegions(drafts: readonly Draft[]): void {
  for (const { merged, report } of drafts) {
    for (const region of REGION_NAMES) {
      if (!regionFacts(region).optIn || valueAt(merged, ['regions', region]) === undefined) continue;
      report({
        path: ['regions', region],
        rule: 'be enabled in the account of the registry too, which keeps its images there',
        hideValue: true,
        remedy: 'enable it in the settings of that account, then set enabled: true in what is shared',
      });
    }
  }
}

function checkThereIsOne(drafts: readonly Draft[]): void {
  for (const { merged, report } of drafts) {
    if (!isMap(merged['services']) || Object.keys(merged['services']).length === 0) continue;
    report({
      path: ['services'],
      rule: 'have a registry to take images from',
      hideValue: true,
      remedy: 'export shared = defineShared({ account, region }) beside the environments',
    });
  }
}

function checkImages(drafts: readonly Draft[]): void {
  const owners = new Map([USERS_IMAGE, PROXY_IMAGE, COLLECTOR_IMAGE].map((image) => [image, image]));
  for (const { merged, report } of drafts) {
    for (const [service, settings] of Object.entries(isMap(merged['services']) ? merged['services'] : {})) {
      const image = valueAt(settings, ['image']);
      if (typeof image !== 'string') continue;
      // a path in the name of a repository is one part of an address
      const part = kebabCase(image.replaceAll('/', '--'));
      const owner = owners.get(part);
      if (owner === undefined) owners.set(part, image);
      else if (owner !== image) {
        report({
          path: ['services', service, 'image'],
          rule: `differ from the image ${owner} in more than signs`,
          value: image,
          remedy: 'rename one of the two',
        });
      }
    }
  }
}
