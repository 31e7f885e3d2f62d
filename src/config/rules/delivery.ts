import { entryName } from '../../../modules/settings/fields';
import type { Draft, Finding } from '../check';
import { isMap, valueAt } from '../merge';
import { didYouMean } from '../problem';

/** Who plans must not be able to apply, and production comes after what it was tried in. */
export function checkDelivery(
  drafts: readonly Draft[],
  shared: unknown,
  report: (finding: Finding) => void,
): void {
  const delivery = valueAt(shared, ['delivery']);
  if (!isMap(delivery)) return;
  checkAgents(delivery, report);
  const written = valueAt(delivery, ['promotion']);
  const promotion = new Map(
    Object.entries(isMap(written) ? written : {}).filter(
      (entry): entry is [string, string] => typeof entry[1] === 'string',
    ),
  );
  checkNames(drafts, promotion, report);
  checkCircles(promotion, report);
  checkProductionLast(drafts, promotion, report);
}

function checkAgents(delivery: unknown, report: (finding: Finding) => void): void {
  const roles = (duty: string): readonly unknown[] => {
    const found = valueAt(delivery, ['agents', duty]);
    return Array.isArray(found) ? found : [];
  };
  // IAM does not tell names apart by case
  const lower = (role: unknown) => String(role).toLowerCase();
  const planners = roles('planners').map(lower);
  for (const [index, role] of roles('appliers').entries()) {
    if (!planners.includes(lower(role))) continue;
    report({
      path: ['delivery', 'agents', 'appliers', index],
      rule: 'not be one of planners too, as whoever builds a branch could then apply it',
      value: role,
      remedy: 'give the agents that apply a role of their own',
    });
  }
}

function checkNames(
  drafts: readonly Draft[],
  promotion: ReadonlyMap<string, string>,
  report: (finding: Finding) => void,
): void {
  const known = drafts.map(({ name }) => name);
  for (const [name, before] of promotion) {
    for (const [one, path] of [
      [name, ['delivery', 'promotion', name]],
      [before, ['delivery', 'promotion', name]],
    ] as const) {
      // what can be no name at all is reported as that
      if (known.includes(one) || !entryName.safeParse(one).success) continue;
      report({ path, rule: 'name environments', value: one, remedy: didYouMean(one, known) });
    }
  }
}

function checkCircles(promotion: ReadonlyMap<string, string>, report: (finding: Finding) => void): void {
  for (const name of promotion.keys()) {
    const passed: string[] = [];
    let before = promotion.get(name);
    while (before !== undefined && before !== name && !passed.includes(before)) {
      passed.push(before);
      before = promotion.get(before);
    }
    if (before !== name) continue;
    report({
      path: ['delivery', 'promotion', name],
      rule: 'not come after itself',
      value: promotion.get(name),
      remedy: 'let one of them come first',
    });
  }
}

function checkProductionLast(
  drafts: readonly Draft[],
  promotion: ReadonlyMap<string, string>,
  report: (finding: Finding) => void,
): void {
  const others = drafts.filter(({ production }) => !production).map(({ name }) => name);
  if (others.length === 0) return;
  for (const { name, production } of drafts) {
    if (!production || promotion.has(name)) continue;
    report({
      path: ['delivery', 'promotion', name],
      rule: 'say after which environment production is applied',
      remedy: `choose one of ${others.join(', ')}`,
    });
  }
}
