import { z } from 'zod';
import { zoneId } from '../adoption/existing-ids';
import { distinct } from '../settings/fields';

/** A hosted zone that stands already: its id, or its id and which of our records it has none of. */
export const existingZone = z
  .union([
    zoneId,
    z.strictObject({
      /** As Route 53 shows it, without /hostedzone/. */
      id: zoneId,
      /** `caa` where nothing says yet who may issue certificates for the domain. @default it is taken over */
      lacks: distinct(z.enum(['caa'])).default([]),
    }),
  ])
  .transform((said): ExistingZone => (typeof said === 'string' ? { id: said, lacks: [] } : said));

export interface ExistingZone {
  readonly id: string;
  readonly lacks: readonly 'caa'[];
}
