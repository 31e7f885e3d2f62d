import type { Problem, RuleContext } from './capability-rules';

/** What has a `standby` needs a region to stand in. Every capability that can stand there holds to it. */
export function standbyProblems(
  { standby }: { readonly standby?: object | undefined },
  { regions }: RuleContext,
): Problem[] {
  if (!standby || regions.some(({ role }) => role === 'standby')) return [];
  return [
    {
      path: ['standby'],
      rule: 'stand in a standby region, and the environment has none',
      remedy: 'add a region with the role standby, or take standby out',
    },
  ];
}
