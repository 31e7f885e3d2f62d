import { z } from 'zod';
import { distinct, entryName } from '../settings/fields';
import { DATABASE_ACCESS, type DatabaseAccess } from './database-access';

/** The databases that a service uses: a list, or a map that says what for. */
export const usedDatabases = z
  .union([distinct(entryName), z.record(entryName, z.enum(DATABASE_ACCESS))])
  .transform((said): Record<string, DatabaseAccess> =>
    Array.isArray(said) ? Object.fromEntries(said.map((name) => [name, 'read-write'])) : said,
  )
  .default({});
