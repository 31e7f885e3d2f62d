/**
 * Lifecycle policies of ECR, as they are documented: which images of a repository a policy expires.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle_policy_parameters.html
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/LifecyclePolicies.html#lp_evaluation_rules
 */

export interface StoredImage {
  readonly digest: string;
  readonly tags: readonly string[];
  readonly daysSincePush: number;
  /** Digests of the images for single platforms, if it is a list of them. */
  readonly platforms?: readonly string[];
}

interface Rule {
  readonly rulePriority: number;
  readonly selection: {
    readonly tagStatus: 'tagged' | 'untagged' | 'any';
    readonly tagPrefixList?: readonly string[];
    readonly tagPatternList?: readonly string[];
    readonly countType: 'imageCountMoreThan' | 'sinceImagePushed';
    readonly countUnit?: 'days';
    readonly countNumber: number;
  };
  readonly action: { readonly type: 'expire' };
}

/** @param policy as JSON. @returns digests, sorted */
export function expiredImages(policy: string, images: readonly StoredImage[]): string[] {
  const { rules } = JSON.parse(policy) as { rules: Rule[] };
  const expired = new Set<string>();
  // an image that a rule has identified is out of reach for every rule of lower priority, expired or not
  const identified = new Set<string>();
  for (const rule of rules.toSorted((a, b) => a.rulePriority - b.rulePriority)) {
    const meant = images.filter((image) => selects(rule, image)).toSorted(newestFirst);
    for (const { digest } of expiring(rule, meant)) if (!identified.has(digest)) expired.add(digest);
    for (const { digest } of meant) identified.add(digest);
  }
  // what a list refers to cannot go before the list
  const kept = images.filter(({ digest }) => !expired.has(digest));
  for (const digest of kept.flatMap(({ platforms = [] }) => platforms)) expired.delete(digest);
  return [...expired].sort();
}

/** Of several prefixes or patterns, each must fit one of the tags. */
function selects({ selection }: Rule, { tags }: StoredImage): boolean {
  const { tagStatus, tagPrefixList, tagPatternList } = selection;
  if (tagStatus === 'any') return true;
  if (tagStatus === 'untagged') return tags.length === 0;
  const patterns = tagPatternList ?? tagPrefixList?.map((prefix) => `${prefix}*`);
  if (!patterns) throw new Error('a rule for tagged images must name patterns or prefixes, got neither');
  return patterns.every((pattern) => tags.some((tag) => fits(pattern, tag)));
}

const fits = (pattern: string, tag: string) =>
  new RegExp(`^${pattern.replaceAll(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '.*')}$`).test(tag);

function expiring({ selection }: Rule, newest: readonly StoredImage[]): readonly StoredImage[] {
  const { countType, countNumber } = selection;
  return countType === 'imageCountMoreThan'
    ? newest.slice(countNumber)
    : newest.filter(({ daysSincePush }) => daysSincePush > countNumber);
}

const newestFirst = (a: StoredImage, b: StoredImage) => a.daysSincePush - b.daysSincePush;
