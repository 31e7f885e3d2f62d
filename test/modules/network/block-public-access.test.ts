import type { NetworkProps } from '../../../modules/network/network';
import { beyond, synthNetwork } from './network-under-test';

const OPTIONS = 'aws_vpc_block_public_access_options.network';
const EXCLUSION = 'aws_vpc_block_public_access_exclusion.network';

/** What is let pass; nothing where the VPC is not excluded. */
const excluded = (change: Partial<NetworkProps>) => {
  const out = synthNetwork(change);
  return out.addresses.includes(EXCLUSION) ? out.at(EXCLUSION)['internet_gateway_exclusion_mode'] : undefined;
};

test('nothing is blocked unless the settings say so', () => {
  expect(synthNetwork({ isPublic: true }).addresses.filter((one) => one.includes('block_public'))).toEqual(
    [],
  );
});

test.each(['ingress', 'bidirectional'] as const)('the block is what is said: %s', (blockPublicAccess) => {
  const out = synthNetwork({ blockPublicAccess });
  expect(beyond(out, synthNetwork())).toEqual([OPTIONS]);
  expect(out.at(OPTIONS)).toMatchObject({ internet_gateway_block_mode: `block-${blockPublicAccess}` });
});

test('the VPC as a whole is excluded before the block begins', () => {
  const out = synthNetwork({ blockPublicAccess: 'bidirectional', isPublic: true });
  expect(out.at(EXCLUSION)).toMatchObject({ vpc_id: '${aws_vpc.network.id}' });
  expect(out.at(EXCLUSION)['subnet_id']).toBeUndefined();
  expect(out.at(OPTIONS)['depends_on']).toEqual([EXCLUSION]);
});

describe('a VPC is let do what it is meant for, and no more', () => {
  test.each([
    ['ingress', { isPublic: true }, 'allow-bidirectional'],
    ['bidirectional', { isPublic: true }, 'allow-bidirectional'],
    ['bidirectional', { nat: 'single' }, 'allow-egress'],
    ['bidirectional', { nat: 'single', egress: 'firewall' }, 'allow-egress'],
    // AWS lets NAT gateways pass, and says nothing of a firewall before them
    ['ingress', { nat: 'single' }, undefined],
    ['ingress', { nat: 'single', egress: 'firewall' }, 'allow-bidirectional'],
    ['ingress', {}, undefined],
    ['bidirectional', {}, undefined],
  ] as const)('%s, %j', (blockPublicAccess, change, mode) => {
    expect(excluded({ blockPublicAccess, ...change })).toBe(mode);
  });

  test('also one that stood already, whoever it answers', () => {
    const subnet = (name: string, third: number) => ({
      'us-east-1a': { id: `subnet-0000000${name}1`, cidr: `10.20.${third}.0/26` },
      'us-east-1b': { id: `subnet-0000000${name}2`, cidr: `10.20.${third}.64/26` },
    });
    const existing = {
      vpc: 'vpc-01234567',
      subnets: { public: subnet('a', 1), application: subnet('b', 2), data: subnet('c', 3) },
      routeTables: ['rtb-01234567'],
    };
    expect(excluded({ blockPublicAccess: 'ingress', existing })).toBe('allow-bidirectional');
  });
});
