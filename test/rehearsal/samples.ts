import type { JsonObject } from './stack-document';

/** A stack with one provider in Ireland and what else it is given. */
export function sample(parts: JsonObject): JsonObject {
  return {
    terraform: { required_providers: { aws: { source: 'hashicorp/aws', version: '6.25.0' } } },
    provider: { aws: [{ region: 'eu-west-1' }] },
    ...parts,
  };
}

export function resources(byType: JsonObject): JsonObject {
  return sample({ resource: byType });
}

/** One resource of a type, called `a`. */
export function resource(type: string, settings: JsonObject): JsonObject {
  return resources({ [type]: { a: settings } });
}

/** Two resources of a type with the same settings. */
export function twice(type: string, settings: JsonObject): JsonObject {
  return resources({ [type]: { a: settings, b: settings } });
}

export const ASSUME_ROLE_POLICY = JSON.stringify({
  Version: '2012-10-17',
  Statement: [
    { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'ecs-tasks.amazonaws.com' } },
  ],
});

/** Ids of what samples take for granted: a test declares them to its stand-in (`cloud.outside`). */
export const STANDING = ['vpc-1', 'subnet-1', 'sg-1'];
