import { z } from 'zod';

/** Ids that AWS gives, as far as their form says whether they can be right. */
export const zoneId = z
  .string()
  .regex(
    /^Z[A-Z0-9]{5,31}$/,
    'be the id of a hosted zone, without /hostedzone/; write it like Z0123456789ABCDEFGHIJ',
  );

const arnOf = (service: string, resource: string, what: string) =>
  z
    .string()
    .regex(
      new RegExp(`^arn:aws:${service}:[a-z]{2}(-[a-z]+)+-\\d:\\d{12}:${resource}$`),
      `be the ARN of ${what}; copy it from AWS, an alias or a name is not enough`,
    );

const UUID = '[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}';
export const keyArn = arnOf('kms', `key/(${UUID}|mrk-[0-9a-f]{32})`, 'a KMS key');
export const certificateArn = arnOf('acm', `certificate/${UUID}`, 'a certificate of ACM');

/** Region and account of an ARN. */
export function placeOfArn(arn: string): { readonly region: string; readonly account: string } {
  const [, , , region = '', account = ''] = arn.split(':');
  return { region, account };
}
