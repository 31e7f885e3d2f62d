import { join } from 'node:path';
import { failureLines } from '../../../../src/terraform/binary/terraform-errors';
import { WorkFolder } from '../../../../src/terraform/binary/work-folder';
import { Workspace } from '../../../../src/terraform/binary/workspace';

const work = new WorkFolder(join(process.cwd(), '.work'));
const workspace = new Workspace(work, 'dev', join(work.root, 'terraform/dev'));
const lines = (log: string, exitCode = 1) =>
  failureLines({ log, exitCode, logFile: join(work.root, 'logs/dev/plan.log') }, workspace, 'tofu');

it('names each error with what it is about, and the log', () => {
  expect(
    lines(`Planning...

Error: Unsupported attribute

  on cdk.tf.json line 20, in resource.aws_vpc.network:
  20:         "cidr": "\${aws_vpc.x.y}"

This object has no argument named "y".

Error: creating RDS Cluster (dev-orders): api error InvalidParameterValue: no

  with aws_rds_cluster.databases_orders,
  on cdk.tf.json line 40, in resource.aws_rds_cluster.databases_orders:

Error: Failed
`),
  ).toEqual([
    'Error: Unsupported attribute (resource.aws_vpc.network)',
    'Error: creating RDS Cluster (dev-orders): api error InvalidParameterValue: no (aws_rds_cluster.databases_orders)',
    'Error: Failed',
    'log: .work/logs/dev/plan.log',
  ]);
});

it('says of providers that could not be had why, each once', () => {
  const reason = (platform: string) => `Error: Could not retrieve providers for locking

Terraform failed to fetch the requested providers for ${platform} in order to
calculate their checksums: some providers could not be installed:
- registry.terraform.io/hashicorp/aws: could not connect to
registry.terraform.io: no such host.

`;
  expect(lines(reason('linux_amd64') + reason('linux_arm64'))).toEqual([
    'Error: Could not retrieve providers for locking',
    'Error: Could not retrieve providers for locking',
    'registry.terraform.io/hashicorp/aws: could not connect to registry.terraform.io: no such host.',
    'log: .work/logs/dev/plan.log',
  ]);
});

it('names five errors at most', () => {
  expect(lines(Array.from({ length: 7 }, (_, index) => `Error: ${index}`).join('\n'))).toEqual([
    'Error: 0',
    'Error: 1',
    'Error: 2',
    'Error: 3',
    'Error: 4',
    '2 more errors',
    'log: .work/logs/dev/plan.log',
  ]);
});

it('says how Terraform ended if it said nothing', () => {
  expect(lines('', 137)).toEqual(['Terraform ended with exit code 137', 'log: .work/logs/dev/plan.log']);
});

it('says of a state that is locked by whom, and how to go on', () => {
  expect(
    lines(`Error: Error acquiring the state lock

Error message: api error PreconditionFailed: At least one of the
pre-conditions you specified did not hold
Lock Info:
  ID:        1b2c
  Path:      bucket/dev/us-east-1/workload.tfstate
  Operation: OperationTypeApply
  Who:       anna@laptop
  Version:   1.11.4
  Created:   2026-11-21 04:00:00 UTC
  Info:
`),
  ).toEqual([
    'Error: Error acquiring the state lock',
    'locked by anna@laptop since 2026-11-21 04:00:00 UTC; wait, or if that run is gone: tofu -chdir=.work/terraform/dev force-unlock 1b2c',
    'log: .work/logs/dev/plan.log',
  ]);
});

it('says of a lock that could not be taken for another reason only that', () => {
  expect(lines('Error: Error acquiring the state lock\n\nError message: AccessDenied')).toEqual([
    'Error: Error acquiring the state lock',
    'log: .work/logs/dev/plan.log',
  ]);
});

it('says of a plan whose state has moved to plan again', () => {
  expect(lines('Error: Saved plan is stale')).toEqual([
    'Error: Saved plan is stale',
    'the state has moved since the plan was made; plan again',
    'log: .work/logs/dev/plan.log',
  ]);
});
