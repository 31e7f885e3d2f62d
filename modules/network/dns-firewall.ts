import { Construct } from 'constructs';
import { Route53ResolverFirewallConfig } from '@cdktf/provider-aws/lib/route53-resolver-firewall-config';
import { Route53ResolverFirewallDomainList } from '@cdktf/provider-aws/lib/route53-resolver-firewall-domain-list';
import { Route53ResolverFirewallRule } from '@cdktf/provider-aws/lib/route53-resolver-firewall-rule';
import { Route53ResolverFirewallRuleGroup } from '@cdktf/provider-aws/lib/route53-resolver-firewall-rule-group';
import { Route53ResolverFirewallRuleGroupAssociation } from '@cdktf/provider-aws/lib/route53-resolver-firewall-rule-group-association';
import type { Naming } from '../naming/naming';

export interface DnsFirewallProps {
  readonly naming: Naming;
  readonly vpcId: string;
  /** Names of AWS's services that the VPC needs, see `awsNames`, and of the private zone. */
  readonly ownNames: readonly string[];
  /** What services have named outside: names, and `*.` for all below one. */
  readonly declared: readonly string[];
}

/** Resolves a VPC's names if they are listed, and says of all others that they do not exist. */
export class DnsFirewall extends Construct {
  constructor(
    scope: Construct,
    id: string,
    private readonly props: DnsFirewallProps,
  ) {
    super(scope, id);
    const { naming, vpcId, ownNames, declared } = props;
    const group = new Route53ResolverFirewallRuleGroup(this, 'RuleGroup', {
      name: naming.regional('egress'),
    });
    this.allow(group, 'Own', ownNames, 100);
    if (declared.length > 0) this.allow(group, 'Declared', declared, 200);
    this.blockOthers(group, 300);
    new Route53ResolverFirewallRuleGroupAssociation(this, 'Association', {
      name: naming.regional('egress'),
      firewallRuleGroupId: group.id,
      vpcId,
      // AWS keeps those up to 100 and from 9900 for itself
      priority: 101,
    });
    // without an answer of the firewall there is none at all: it would be the moment to carry data out
    new Route53ResolverFirewallConfig(this, 'Config', { resourceId: vpcId, firewallFailOpen: 'DISABLED' });
  }

  private allow(
    group: Route53ResolverFirewallRuleGroup,
    what: string,
    names: readonly string[],
    priority: number,
  ): void {
    new Route53ResolverFirewallRule(this, `Allow ${what}`, {
      name: `allow-${what.toLowerCase()}`,
      firewallRuleGroupId: group.id,
      firewallDomainListId: this.list(what, names).id,
      priority,
      action: 'ALLOW',
      // names of a CDN behind a declared one change without notice, and its owner chose them
      firewallDomainRedirectionAction: 'TRUST_REDIRECTION_DOMAIN',
    });
  }

  private blockOthers(group: Route53ResolverFirewallRuleGroup, priority: number): void {
    new Route53ResolverFirewallRule(this, 'Block Others', {
      name: 'block-others',
      firewallRuleGroupId: group.id,
      firewallDomainListId: this.list('Others', ['*']).id,
      priority,
      action: 'BLOCK',
      // programs stop at once, where they would ask again after an answer without an address
      blockResponse: 'NXDOMAIN',
    });
  }

  private list(what: string, domains: readonly string[]): Route53ResolverFirewallDomainList {
    return new Route53ResolverFirewallDomainList(this, what, {
      name: this.props.naming.regional(`egress-${what.toLowerCase()}`),
      domains: [...domains],
    });
  }
}
