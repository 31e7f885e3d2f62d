import { z } from 'zod';

/**
 * Lines of Aurora MySQL 3 of which new clusters can be made, as of August 2026. AWS supports 3.04 and 3.10 longest
 * (LTS). Each patch of a line is taken, also one that is newer than this list.
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraMySQLReleaseNotes/AuroraMySQL.release-calendars.html
 */
const LINES = ['3.04', '3.08', '3.09', '3.10', '3.11', '3.12'];
const LINE_OF = /^8\.0\.mysql_aurora\.(3\.\d{2})\.\d+$/;

/** Release of Aurora MySQL 3, as RDS writes it. */
export const engineVersion = z.string().superRefine((text, context) => {
  const message = whatIsWrong(text);
  if (message !== undefined) context.addIssue({ code: 'custom', message });
});

/** @returns `<rule>; <remedy>`, or nothing if there is such a release */
function whatIsWrong(text: string): string | undefined {
  const example = 'write it like 8.0.mysql_aurora.3.10.3';
  if (text.startsWith('5.')) {
    return `be Aurora MySQL 3: AWS ended version 2 (MySQL 5.7) on 2024-10-31; ${example}`;
  }
  const line = LINE_OF.exec(text)?.[1];
  if (line === undefined) return `be a full version of Aurora MySQL 3; ${example}`;
  if (LINES.includes(line)) return undefined;
  return `be of a line that new clusters can have: one of ${LINES.join(', ')}; ${example}, or add what is new to modules/database/engine-version.ts`;
}
