import { z } from 'zod';

/**
 * The first minor release of 8.4 that AWS has not called deprecated, as of November 2026. Each later one is taken, also one
 * that is newer than this file.
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/MySQL.Concepts.VersionMgmt.html
 * https://github.com/aws-cloudformation/cfn-lint (aws_rds_dbinstance/engine_version.json)
 */
const FIRST_MINOR = 5;

/** Release of RDS MySQL 8.4, the one line that new databases can have without paying for extended support. */
export const mysqlVersion = z.string().superRefine((text, context) => {
  const message = whatIsWrong(text);
  if (message !== undefined) context.addIssue({ code: 'custom', message });
});

/** Of its parameter and option groups: `8.4` of `8.4.10`. */
export const majorVersion = (version: string) => version.split('.').slice(0, 2).join('.');

/** Whether a release is older than another of the same line. */
export const isOlder = (version: string, than: string) => minorOf(version) < minorOf(than);

const minorOf = (version: string) => Number(version.split('.')[2]);

/** @returns `<rule>; <remedy>`, or nothing if there is such a release */
function whatIsWrong(text: string): string | undefined {
  const example = 'write it like 8.4.10';
  if (/^(5\.\d|8\.0)(\.|$)/.test(text)) {
    const ended = text.startsWith('5') ? 'MySQL 5.7 on 2024-02-29' : 'MySQL 8.0 on 2026-07-31';
    return `be MySQL 8.4: AWS ended its standard support for ${ended}; ${example}`;
  }
  const minor = /^8\.4\.(\d{1,3})$/.exec(text)?.[1];
  if (minor === undefined) return `be a full version of MySQL 8.4; ${example}`;
  if (Number(minor) >= FIRST_MINOR) return undefined;
  return `be 8.4.${FIRST_MINOR} or later, since AWS makes no new databases of earlier ones; ${example}`;
}
