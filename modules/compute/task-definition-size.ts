import type { Naming } from '../naming/naming';
import { containerDefinition } from './container-definition';
import { secretArn } from './parameter-names';
import { serviceNames } from './service-names';
import type { ServiceSettings } from './service-settings';
import { COLLECTOR_IMAGE } from './trace-collector';

/** 64 KB: https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-quotas.html */
export const MOST_TASK_DEFINITION_BYTES = 64 * 1024;

/** What is around the container: family, two roles, volumes, platform. */
const REST_BYTES = 2048;
/** The longest host name of a database or cache has about as many characters. */
const LONGEST_VALUE = 'x'.repeat(128);
const IMAGE = `${'x'.repeat(60)}@sha256:${'0'.repeat(64)}`;

/**
 * Bytes of a task definition, from what will be rendered. What only AWS knows, such as the host names of
 * databases, counts with its greatest length.
 *
 * @param variables names of those that `uses` sets
 */
export function taskDefinitionBytes(
  naming: Naming,
  name: string,
  settings: ServiceSettings,
  variables: readonly string[],
): number {
  const rendered = containerDefinition({
    ...settings,
    name,
    image: settings.image + IMAGE,
    variables: Object.fromEntries(variables.map((variable) => [variable, LONGEST_VALUE])),
    secrets: Object.fromEntries(settings.secrets.map((secret) => [secret, secretArn(naming, name, secret)])),
    logGroup: serviceNames(naming, name).logGroup,
    region: naming.place.region,
    tracing: settings.tracing && {
      environment: naming.place.environment,
      name,
      image: COLLECTOR_IMAGE + IMAGE,
      settings: settings.tracing,
    },
  });
  // Terraform takes back what marks a literal
  return Buffer.byteLength(rendered.replaceAll(/[$%](?=[$%]\{)/g, '')) + REST_BYTES;
}
