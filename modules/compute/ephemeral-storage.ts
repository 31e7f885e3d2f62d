import type { ServiceUse } from '../encryption/key';
import type { Naming } from '../naming/naming';

/** Name of the ECS cluster of an environment in a region. */
export const clusterName = (naming: Naming) => naming.regional('services');

/**
 * What the policy of a key must let Fargate do that encrypts the temporary storage of tasks.
 * https://docs.aws.amazon.com/AmazonECS/latest/developerguide/fargate-create-storage-key.html
 */
export function ephemeralStorageUses(naming: Naming): ServiceUse[] {
  const ofThisCluster = {
    'kms:EncryptionContext:aws:ecs:clusterAccount': naming.place.account,
    'kms:EncryptionContext:aws:ecs:clusterName': clusterName(naming),
  };
  return [
    {
      principal: 'fargate.amazonaws.com',
      actions: ['kms:GenerateDataKeyWithoutPlaintext'],
      condition: { StringEquals: ofThisCluster },
    },
    {
      principal: 'fargate.amazonaws.com',
      actions: ['kms:CreateGrant'],
      condition: {
        StringEquals: ofThisCluster,
        'ForAllValues:StringEquals': { 'kms:GrantOperations': ['Decrypt'] },
      },
    },
  ];
}
