import { parseConfig } from './stack-config';

/** Arguments by which AWS refuses to delete a resource. */
const PROTECTIONS = [
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
