import { z } from 'zod';
import { keyArn } from '../adoption/existing-ids';

const existingKey = z
  .strictObject({
    /** ARN of a symmetric key of the account. Its policy stays as it is and has to trust the account's IAM. */
    existing: keyArn,
  })
  .optional();

/**
 * Keys that stand already in a region, for the purposes whose data is lost without its key. The others would have to let
 * services of AWS in by name, and what they encrypt takes a new key without being made anew.
 */
export const existingKeys = z.strictObject({
  /** For databases, caches and the secrets of their masters. @default it is made */
  data: existingKey,
  /** For objects in S3. @default it is made */
  objects: existingKey,
  /** For parameters and secrets of services. @default it is made */
  parameters: existingKey,
});

export type ExistingKeys = z.output<typeof existingKeys>;
export type AdoptablePurpose = keyof ExistingKeys;
