import type { TerraformStack } from 'cdktf';
import { Network, type NetworkProps } from '../../../modules/network/network';
import { naming, synth, type Synthesized } from '../../support/harness';

export const KEY = {
  arn: 'arn:aws:kms:us-east-1:111122223333:key/logs',
  grantDecrypt: () => undefined,
};

export const ZONE_NAMES = ['us-east-1a', 'us-east-1b', 'us-east-1c'] as const;

export const addNetwork = (stack: TerraformStack, change: Partial<NetworkProps> = {}) =>
  new Network(stack, 'Network', {
    naming,
    logsKey: KEY,
    cidr: '10.20.0.0/16',
    availabilityZones: ZONE_NAMES.slice(0, 2),
    nat: 'none',
    endpoints: 'private',
    egress: 'none',
    outside: { https: [], http: [] },
    protection: true,
    isPublic: false,
    blockPublicAccess: 'off',
    ipv6: false,
    flowLogRetentionDays: 14,
    interfaceServices: ['ecr.api', 'ecr.dkr', 'logs', 'ssm'],
    ...change,
  });

/** A network over two zones without a NAT gateway, but for what is changed. */
export const synthNetwork = (change: Partial<NetworkProps> = {}): Synthesized =>
  synth((stack) => void addNetwork(stack, change));

/** What one network has and another one has not. */
export const beyond = (more: Synthesized, less: Synthesized) =>
  more.addresses.filter((address) => !less.addresses.includes(address));
