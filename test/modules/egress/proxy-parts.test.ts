import { Address4, Address6 } from 'ip-address';
import { proxyConfig } from '../../../modules/egress/proxy-config';
import { proxyPorts } from '../../../modules/egress/proxy-ports';
import { proxyVariables } from '../../../modules/egress/proxy-variables';

const allowed = (config: string) =>
  config.split('\n').filter((line) => /^(acl \w+_names|http_access)/.test(line));

describe('settings of a proxy', () => {
  test('allow declared names on their ports, and deny all else', () => {
    expect(allowed(proxyConfig({ https: ['a.example', '*.b.example'], http: ['c.example'] }))).toEqual([
      'acl https_names dstdomain -n a.example',
      'acl https_names dstdomain -n .b.example',
      'http_access allow CONNECT https_port https_names !private',
      'acl http_names dstdomain -n c.example',
      'http_access allow !CONNECT http_port http_names !private',
      'http_access deny all',
    ]);
  });

  test('name nothing twice, which Squid would refuse', () => {
    const https = ['*.b.example', 'b.example', 'a.b.example', '*.c.b.example', 'ab.example'];
    expect(allowed(proxyConfig({ https, http: [] }))).toEqual([
      'acl https_names dstdomain -n .b.example',
      'acl https_names dstdomain -n ab.example',
      'http_access allow CONNECT https_port https_names !private',
      'http_access deny all',
    ]);
  });

  test('lead nowhere inside, whatever a name resolves to', () => {
    const lines = proxyConfig({ https: ['a.example'], http: ['c.example'] }).split('\n');
    const ranges = /^acl private dst (.*)$/m.exec(lines.join('\n'))?.[1]?.split(' ') ?? [];
    const addressOf = (text: string) => (text.includes(':') ? new Address6(text) : new Address4(text));
    const isPrivate = (text: string) =>
      ranges.some((range) => {
        const [address, subnet] = [addressOf(text), addressOf(range)];
        return address.constructor === subnet.constructor && address.isInSubnet(subnet);
      });
    // metadata of instances and of tasks, the task itself, VPCs, and what carriers share
    const inside = ['169.254.169.254', '169.254.170.2', '127.0.0.1', '0.0.0.0', '10.20.0.1', '172.31.0.1'];
    const more = ['192.168.0.1', '100.64.0.1', '198.18.0.1', '::1', 'fd00:ec2::254', 'fe80::1'];
    expect([...inside, ...more].filter((address) => !isPrivate(address))).toEqual([]);
    expect(['8.8.8.8', '172.32.0.1', '169.253.0.1', '2600::1'].filter(isPrivate)).toEqual([]);
    expect(lines).toEqual(
      expect.arrayContaining(['acl https_port port 443', 'acl http_port port 80', 'cache deny all']),
    );
  });
});

describe('ports of proxies', () => {
  test('are those of a service, whoever else has one', () => {
    const port = proxyPorts(['inventory']).get('inventory');
    expect(port).toBe(29279);
    expect(proxyPorts(['orders', 'inventory', 'accounts']).get('inventory')).toBe(port);
  });

  test('are never shared', () => {
    const names = Array.from({ length: 1000 }, (_, index) => `service-${index}`);
    expect(new Set(proxyPorts(names).values()).size).toBe(1000);
  });
});

test('variables of a proxy leave out what is near', () => {
  const variables = proxyVariables('http://egress.test.internal:20000', ['*.internal', 'ssm.aws.example']);
  expect(variables).toMatchObject({
    HTTPS_PROXY: 'http://egress.test.internal:20000',
    http_proxy: 'http://egress.test.internal:20000',
    NO_PROXY: '169.254.170.2,169.254.169.254,localhost,127.0.0.1,.internal,ssm.aws.example',
  });
  expect(variables['no_proxy']).toBe(variables['NO_PROXY']);
});
