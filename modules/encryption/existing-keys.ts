import { z } from 'zod';
import { keyArn } from '../adoption/existing-ids';

/**
 * The purposes for which a key can stand already: those whose data is lost without it. The others would have to let
 * services of AWS in by name, and what they encrypt takes a new key without being made anew.
 */
const ADOPTABLE_PURPOSES = ['data', 'objects', 'parameters'] as const;
export type AdoptablePurpose = (typeof ADOPTABLE_PURPOSES)[number];

/** Keys that stand already in a region, by purpose. */
export const existingKeys = z.partialRecord(
  z.enum(ADOPTABLE_PURPOSES),
  z.strictObject({
    /** ARN of a symmetric key of the account. Its policy stays as it is and has to trust the account's IAM. */
    existing: keyArn,
  }),
);

/** ARNs by purpose. */
export type ExistingKeys = Readonly<Partial<Record<AdoptablePurpose, { readonly existing: string }>>>;
