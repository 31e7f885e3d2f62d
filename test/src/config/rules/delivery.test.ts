import { environments, sharedWithDelivery as shared } from '../../../fixtures/car-retail';
import { estateOf, problemsOf } from '../../../support/estate';
import { merge } from '../../../../src/config/merge';
import type { SharedInput } from '../../../../src/config/schema';

const withDelivery = (change: object) =>
  problemsOf({ environments, shared: merge(shared, { delivery: change }) as SharedInput });

describe('delivery', () => {
  test.each([
    [
      { agents: { appliers: ['arn:aws:iam::555555555555:role/jenkins-planner'] } },
      'delivery.agents.appliers.0 must not be one of planners too, as whoever builds a branch could then apply it, got "arn:aws:iam::555555555555:role/jenkins-planner"; give the agents that apply a role of their own',
    ],
    [
      { agents: { planners: ['arn:aws:iam::555555555555:role/*'] } },
      'delivery.agents.planners.0 must be the ARN of a role, arn:aws:iam::<account>:role/<name>, without wildcards, got "arn:aws:iam::555555555555:role/*"; copy it from IAM',
    ],
    [
      { agents: { planners: ['arn:aws-cn:iam::555555555555:role/planner'] } },
      'delivery.agents.planners.0 must be the ARN of a role, arn:aws:iam::<account>:role/<name>, without wildcards, got "arn:aws-cn:iam::555555555555:role/planner"; copy it from IAM',
    ],
    [
      { agents: { planners: ['arn:aws:iam::444444444444:role/delivery/prod-apply'] } },
      'delivery.agents.planners.0 must not be one of the roles that the pipeline takes, got "arn:aws:iam::444444444444:role/delivery/prod-apply"; name the role that its agents have',
    ],
    [
      { agents: { appliers: ['arn:aws:iam::555555555555:role/Jenkins-Planner'] } },
      'delivery.agents.appliers.0 must not be one of planners too, as whoever builds a branch could then apply it, got "arn:aws:iam::555555555555:role/Jenkins-Planner"; give the agents that apply a role of their own',
    ],
    [{ agents: { planners: [] } }, 'delivery.agents.planners must have at least one entry, got []; add one'],
    [
      { approvers: { production: ['Jane Doe'] } },
      'delivery.approvers.production.0 must be a user or group of Jenkins, 1 to 64 letters, digits and ._@-, got "Jane Doe"; write its id, not its full name',
    ],
    [
      { promotion: { prod: 'betta' } },
      'delivery.promotion.prod must name environments, got "betta"; did you mean "beta"?',
    ],
    [
      { promotion: { prod: 'beta', beta: 'prod' } },
      'delivery.promotion.prod must not come after itself, got "beta"; let one of them come first',
    ],
    [
      { promotion: null },
      'delivery.promotion.prod must say after which environment production is applied, got nothing; choose one of dev, qa, beta',
    ],
  ])('%j', (change, line) => {
    expect(withDelivery(change)).toContain(`environments/shared.ts: ${line}`);
  });

  test.each([
    [{ Bad_Key: 'beta', prod: 'beta' }, 'Bad_Key'],
    [{ prod: 'Bad_Value' }, 'prod'],
  ])('%j: says once what can be no name', (promotion, key) => {
    const lines = withDelivery({ promotion }).filter((line) => line.includes(`delivery.promotion.${key} `));
    expect(lines).toEqual([
      expect.stringContaining('must be 2 to 32 lower-case letters, digits and single hyphens'),
    ]);
  });

  test('may be left out: then Jenkins has no roles', () => {
    const without = { account: shared.account, region: shared.region };
    expect(problemsOf({ environments, shared: without })).toEqual([]);
    expect(estateOf({ environments, shared: without }).shared?.delivery).toBeUndefined();
  });

  test('asks nothing of production where there is nothing else', () => {
    const { prod } = environments;
    const alone = merge(shared, { delivery: { promotion: null } }) as SharedInput;
    expect(problemsOf({ environments: { prod }, shared: alone })).toEqual([]);
  });
});
