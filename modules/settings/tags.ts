import { z } from 'zod';

/** The tags that every resource has, whatever the settings say. */
const OWN_TAGS = ['Environment', 'Layer', 'ManagedBy'];
/** What single resources are tagged with beside these: subnets, endpoints and the like. */
const RESOURCE_TAGS = ['Name'];

/** Of any resource. https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html */
const MOST_TAGS = 50;
/** Of a hosted zone. https://docs.aws.amazon.com/Route53/latest/APIReference/API_ChangeTagsForResource.html */
const MOST_TAGS_OF_ZONE = 10;

/** How many the settings may say: one resource has them all, and our own. */
const MOST_SAID = MOST_TAGS - OWN_TAGS.length - RESOURCE_TAGS.length;
/** The same where there is a hosted zone, which has no tags but these. */
export const MOST_SAID_WITH_ZONE = MOST_TAGS_OF_ZONE - OWN_TAGS.length;

/** AWS keeps the first for itself, RDS the second too, in keys and values and whatever the case. */
const RESERVED = /^(aws|rds):/i;
const isTaken = (key: string) =>
  [...OWN_TAGS, ...RESOURCE_TAGS].some((own) => own.toLowerCase() === key.toLowerCase());

const key = z
  .string()
  .regex(/^[\w .:/=+@-]{1,128}$/, 'be 1 to 128 letters, digits, spaces and .:/=+@_-; rename the tag')
  .refine((text) => !RESERVED.test(text), { error: 'not begin with aws: or rds:; rename the tag' })
  .refine((text) => !isTaken(text), {
    error: `not be ${[...OWN_TAGS, ...RESOURCE_TAGS].join(', ')} in any case, which are set already; rename the tag`,
  });

const value = z
  .string()
  .regex(/^[\w .:/=+@-]{0,256}$/, 'be at most 256 letters, digits, spaces and .:/=+@_-; shorten it')
  .refine((text) => !RESERVED.test(text), { error: 'not begin with aws: or rds:; change it' });

/** Tags by key. IAM takes two that differ in case alone for one: https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html */
export const tags = z.record(key, value).superRefine((said, context) => {
  const say = (path: string[], message: string) => context.addIssue({ code: 'custom', path, message });
  const keys = Object.keys(said);
  if (keys.length > MOST_SAID) {
    say([], `be at most ${MOST_SAID}, since AWS takes ${MOST_TAGS} with our own; take some out`);
  }
  const seen = new Map<string, string>();
  for (const one of keys) {
    const known = seen.get(one.toLowerCase());
    if (known === undefined) seen.set(one.toLowerCase(), one);
    else say([one], `differ from ${known} in more than capitals; keep one of the two`);
  }
});
