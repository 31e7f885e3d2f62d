import { awsNames } from '../../../modules/network/aws-names';
import { beyond, synthNetwork } from './network-under-test';

const AT = 'network_dns-firewall';
const outside = { https: ['*.b.example', 'a.example'], http: ['a.example', 'c.example'] };
const out = synthNetwork({ egress: 'dns-firewall', outside });

describe('a DNS firewall', () => {
  test('adds exactly this, and needs no NAT gateway', () => {
    expect(beyond(out, synthNetwork())).toEqual([
      `aws_route53_resolver_firewall_config.${AT}`,
      `aws_route53_resolver_firewall_domain_list.${AT}_declared`,
      `aws_route53_resolver_firewall_domain_list.${AT}_others`,
      `aws_route53_resolver_firewall_domain_list.${AT}_own`,
      `aws_route53_resolver_firewall_rule.${AT}_allow-declared`,
      `aws_route53_resolver_firewall_rule.${AT}_allow-own`,
      `aws_route53_resolver_firewall_rule.${AT}_block-others`,
      `aws_route53_resolver_firewall_rule_group.${AT}`,
      `aws_route53_resolver_firewall_rule_group_association.${AT}`,
    ]);
  });

  test('allows names of databases in linked regions', () => {
    const peer = { region: 'us-west-2', cidr: '10.21.0.0/16' };
    const { domains } = synthNetwork({ egress: 'dns-firewall', peer }).at(
      `aws_route53_resolver_firewall_domain_list.${AT}_own`,
    );
    expect(domains).toContain('*.us-west-2.rds.amazonaws.com');
  });

  test('allows names of AWS and of the private zone, then those that are declared, and blocks the rest', () => {
    const rule = (name: string) => out.at(`aws_route53_resolver_firewall_rule.${AT}_${name}`);
    const list = (name: string) => `\${aws_route53_resolver_firewall_domain_list.${AT}_${name}.id}`;
    expect(rule('allow-own')).toMatchObject({
      action: 'ALLOW',
      priority: 100,
      firewall_domain_list_id: list('own'),
    });
    expect(rule('allow-declared')).toMatchObject({
      action: 'ALLOW',
      priority: 200,
      firewall_domain_list_id: list('declared'),
    });
    expect(rule('block-others')).toMatchObject({
      action: 'BLOCK',
      block_response: 'NXDOMAIN',
      priority: 300,
      firewall_domain_list_id: list('others'),
    });
    const domains = (name: string) =>
      out.at(`aws_route53_resolver_firewall_domain_list.${AT}_${name}`)['domains'];
    expect(domains('declared')).toEqual(['*.b.example', 'a.example', 'c.example']);
    expect(domains('others')).toEqual(['*']);
    expect(domains('own')).toEqual([
      ...awsNames('us-east-1', ['ecr.api', 'ecr.dkr', 'logs', 'ssm']),
      '*.test.internal',
    ]);
  });

  test('trusts the names that an allowed one leads to', () => {
    for (const name of ['allow-own', 'allow-declared']) {
      expect(
        out.at(`aws_route53_resolver_firewall_rule.${AT}_${name}`)['firewall_domain_redirection_action'],
      ).toBe('TRUST_REDIRECTION_DOMAIN');
    }
  });

  test('holds for the VPC, and answers nothing while it is out of order', () => {
    expect(out.at(`aws_route53_resolver_firewall_rule_group_association.${AT}`)).toMatchObject({
      vpc_id: '${aws_vpc.network.id}',
      firewall_rule_group_id: `\${aws_route53_resolver_firewall_rule_group.${AT}.id}`,
      priority: 101,
    });
    expect(out.at(`aws_route53_resolver_firewall_config.${AT}`)).toEqual({
      resource_id: '${aws_vpc.network.id}',
      firewall_fail_open: 'DISABLED',
    });
  });

  test('has no list of declared names where there are none', () => {
    const none = synthNetwork({ egress: 'dns-firewall' });
    expect(none.addresses.filter((address) => address.includes('declared'))).toEqual([]);
  });
});

describe('names of AWS', () => {
  test('are those of the services that are called, of buckets and of stores, in the region', () => {
    expect(awsNames('us-west-2', ['ecr.api', 'ecr.dkr', 'logs'])).toEqual([
      '*.cache.amazonaws.com',
      '*.dkr.ecr.us-west-2.amazonaws.com',
      '*.s3.us-west-2.amazonaws.com',
      '*.us-west-2.rds.amazonaws.com',
      'api.ecr.us-west-2.amazonaws.com',
      'logs.us-west-2.amazonaws.com',
      's3.us-west-2.amazonaws.com',
    ]);
  });

  test('have buckets without a region in us-east-1 alone', () => {
    // the agent of ECS polls other names than those of its endpoints
    const agent = awsNames('us-east-1', ['ecs-agent', 'ecs-telemetry']);
    // where the agent takes the settings of Service Connect from
    expect(awsNames('us-west-2', ['ecs-agent'])).toContain('ecs-sc.us-west-2.api.aws');
    expect(awsNames('us-west-2', ['logs'])).not.toContain('ecs-sc.us-west-2.api.aws');
    for (const host of ['ecs-a', 'ecs-a-1', 'ecs-a-20', 'ecs-t', 'ecs-t-7'])
      expect(agent).toContain(`${host}.us-east-1.amazonaws.com`);
    expect(agent).not.toContain('ecs-agent.us-east-1.amazonaws.com');
    expect(awsNames('us-east-1', [])).toContain('*.s3.amazonaws.com');
    expect(awsNames('us-west-2', [])).not.toContain('*.s3.amazonaws.com');
  });
});
