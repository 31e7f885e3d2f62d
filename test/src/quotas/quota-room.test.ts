import { join } from 'node:path';
import { quotaSettings } from '../../../modules/governance/quota-settings';
import { QUOTAS } from '../../../modules/governance/quotas';
import * as load from '../../../src/config/load';
import type { EnvironmentFile } from '../../../src/config/define';
import { problemLine } from '../../../src/config/problem';
import { parseConfig } from '../../../src/terraform/stacks/stack-config';
import { quotaProblems } from '../../../src/quotas/quota-room';
import { synthesize } from '../../../src/synth';
import { changed, estateOf, stacksOf } from '../../support/estate';
import { fixture, fixtureStacks } from '../../support/estates';
import { temporaryFolders } from '../../support/folders';

const folder = temporaryFolders();
const fileOf = (name: string) => `environments/${name}.ts`;

/** Three NAT gateways each, in one account and region. */
const network = (cidr: string) => ({
  role: 'primary' as const,
  network: { cidr, availabilityZones: 3 as const, nat: 'one-per-az' as const },
});
const one = (cidr: string, more: object = {}): EnvironmentFile => ({
  blueprint: {},
  overrides: {
    account: '111111111111',
    protection: false,
    regions: { 'us-east-1': { ...network(cidr), ...more } },
  },
});
const two = (more: object = {}) =>
  estateOf({ environments: { dev: one('10.1.0.0/16'), test: one('10.2.0.0/16', more) } });

const linesOf = (estate: ReturnType<typeof estateOf>) =>
  quotaProblems(
    estate,
    stacksOf(estate).map(({ id, place, text }) => ({ id, place, text, config: parseConfig(text) })),
    fileOf,
  ).map(problemLine);

const TOO_MANY =
  'environments/test.ts: regions.us-east-1.quotas.elasticIps must be 8 or more, so that the 6 of quota "EC2-VPC Elastic IPs" of dev and test in account 111111111111 take less than 80 % of it, got 5; ask AWS for more, and set it to what is granted: aws service-quotas request-service-quota-increase --region us-east-1 --service-code ec2 --quota-code L-0263D0A3 --desired-value 8';

describe('quotas that environments of one account share', () => {
  test('are refused from 80 % on, and until they have been raised', () => {
    expect(linesOf(estateOf({ environments: { dev: one('10.1.0.0/16') } }))).toEqual([]);
    expect(linesOf(two())).toEqual([TOO_MANY]);
    // 6 of 7 are more than 80 %
    expect(linesOf(two({ quotas: { elasticIps: 7 } }))).toHaveLength(1);
    expect(linesOf(two({ quotas: { elasticIps: 8 } }))).toEqual([]);
  });

  test('are not shared with other accounts', () => {
    const other = changed(one('10.2.0.0/16'), { account: '222222222222' });
    expect(linesOf(estateOf({ environments: { dev: one('10.1.0.0/16'), test: other } }))).toEqual([]);
  });

  test('are counted by synth, also of environments that it does not write', async () => {
    const estate = two();
    vi.spyOn(load, 'loadEstate').mockResolvedValue({ estate, warnings: [], fileOf });
    for (const environments of [['dev'], ['test'], undefined])
      await expect(synthesize({ environments, out: join(folder(), 'out') })).rejects.toThrow(TOO_MANY);
    vi.restoreAllMocks();
  });
});

test('what AWS raises for nobody is refused with another remedy', () => {
  const estate = estateOf({ environments: { dev: one('10.1.0.0/16') } });
  const rules = Object.fromEntries(
    Array.from({ length: 40 }, (_, index) => [
      `r${index}`,
      {
        listener_arn: '${aws_lb_listener.https.arn}',
        action: [`\${aws_lb_target_group.a${index}.arn}`, `\${aws_lb_target_group.b${index}.arn}`],
      },
    ]),
  );
  const config = {
    terraform: {},
    resource: {
      aws_lb_listener: { https: { load_balancer_arn: '${aws_lb.edge.arn}' } },
      aws_lb_listener_rule: rules,
    },
  };
  const place = { scope: 'dev', account: '111111111111', region: 'us-east-1', layer: 'workload' };
  expect(quotaProblems(estate, [{ id: 'x', place, text: '', config }], fileOf).map(problemLine)).toEqual([
    'environments/dev.ts: loadBalancers must have less than 80 % of the 100 "Target Groups per Application Load Balancer" that AWS takes (aws_lb.edge of dev), and raises for nobody, got 80; spread the services over several',
  ]);
});

test('no value can be set that is lower than what every account has', () => {
  const said = (value: number) =>
    quotaSettings.safeParse({ vpcs: value }).error?.issues.map(({ message }) => message) ?? [];
  expect([said(4), said(5)]).toEqual([['be at least 5, which AWS gives every account'], []]);
});

test('every quota that is counted can be raised in the settings', () => {
  const all = Object.fromEntries(Object.entries(QUOTAS).map(([name, { usual }]) => [name, usual]));
  expect(quotaSettings.parse(all)).toEqual(all);
});

test('the fixture leaves room in every quota', () => {
  const stacks = fixtureStacks().map(({ id, place, text }) => ({
    id,
    place,
    text,
    config: parseConfig(text),
  }));
  expect(quotaProblems(estateOf(fixture), stacks, fileOf)).toEqual([]);
});
