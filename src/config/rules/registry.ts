import type { Draft } from '../check';
import { isMap } from '../merge';

/** Services run images of the shared registry. */
export function checkRegistry(drafts: readonly Draft[], shared: unknown): void {
  if (shared !== undefined) return;
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
