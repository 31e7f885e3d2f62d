import type { Naming } from '../naming/naming';

/**
 * Parameters that live outside of Terraform: commands write them, plans and tasks read them.
 * Releases stand apart from secrets, so that a service that may read its own secrets reads no release.
 */

/** Holds the digest of the image that a service runs, `sha256:…`; written by `make release`. */
export const releaseParameter = (environment: string, service: string) =>
  `/releases/${environment}/${service}`;

/** Where all secrets of a service are; it may read this path and no other. */
export const secretsPath = (environment: string, service: string) => `/${environment}/${service}`;

/** Holds one secret, as a SecureString under the environment's key for parameters; written by `make secrets`. */
export const secretParameter = (environment: string, service: string, name: string) =>
  `${secretsPath(environment, service)}/${name}`;

export const secretArn = ({ place }: Naming, service: string, name: string) =>
  `arn:aws:ssm:${place.region}:${place.account}:parameter${secretParameter(place.environment, service, name)}`;
