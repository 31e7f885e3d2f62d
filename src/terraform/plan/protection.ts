import type { StackPlace } from '../../stacks/base-stack';
import { isEnvironment, makeCommand, type Target } from '../output/command-text';
import { entryOf } from '../stacks/setting-of';
import { parseConfig } from '../stacks/stack-config';

/** Arguments by which AWS refuses to delete a resource. */
const PROTECTIONS = [
  'delete_protection',
  'deletion_protection',
  'deletion_protection_enabled',
  'enable_deletion_protection',
  'disable_api_termination',
  'termination_protection',
];

export const isProtected = (attributes: Readonly<Record<string, unknown>> | undefined): boolean =>
  PROTECTIONS.some((name) => attributes?.[name] === true);

/** Addresses of resources that a configuration protects: by AWS, or by Terraform's `prevent_destroy`. */
export function protectedByConfig(text: string): ReadonlySet<string> {
  const resources = Object.entries(parseConfig(text).resource ?? {}).flatMap(([type, blocks]) =>
    Object.entries(blocks).map(
      ([name, block]) => [`${type}.${name}`, block as Readonly<Record<string, unknown>>] as const,
    ),
  );
  return new Set(
    resources
      .filter(([, block]) => {
        const { prevent_destroy } = (block['lifecycle'] ?? {}) as { prevent_destroy?: unknown };
        return prevent_destroy === true || isProtected(block);
      })
      .map(([address]) => address),
  );
}

/**
 * Which setting takes a protection away, as far as there is one, and what to run then.
 *
 * @param regions as the environment says them
 */
export function releaseText(
  { global, region }: StackPlace,
  address: string,
  target: Target,
  regions: Readonly<Record<string, { readonly role: string }>>,
): string {
  const then = `then run ${makeCommand('plan', target)} and ${makeCommand('apply', target)}`;
  if (target.scope === 'shared') return `say protection: false in what all environments share, ${then}`;
  if (!isEnvironment(target.scope)) return 'what an account has but once stays as long as the account';
  const entry = entryOf(address);
  const places = [
    ...(entry === undefined ? [] : [entry]),
    ...(!global && regions[region]?.role === 'standby' ? [`regions.${region}`] : []),
    'the environment',
  ];
  return `say decommission: true in ${places.join(' or in ')}, ${then}`;
}
