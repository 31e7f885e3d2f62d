import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { runDoctor } from '../../../src/commands/doctor';
import { RunError } from '../../../src/errors';
import { ACCOUNT, DriverWorld, lockEntry, place } from '../terraform/driver-world';
import { testEnvironment } from '../terraform/test-environment';

const NAMES = place('us-east-1', 'names', { global: true });
const FOUNDATION = place('us-east-1', 'foundation');
const WORKLOAD = place('us-east-1', 'workload');
const BUCKET = `dev-us-east-1-state-${ACCOUNT}`;
const DIGEST = `sha256:${'a'.repeat(64)}`;
const IMAGE = `555555555555 us-east-1 inventory@${DIGEST}`;
const SERVERS = ['ns-1.awsdns-1.org', 'ns-2.awsdns-2.com'];

const VPCS = 'L-F678F1CE';
const ADDRESSES = 'L-0263D0A3';
const NAT_GATEWAYS = 'L-FE5A380F';
const GROUP_RULES = 'L-0EA8095F';
const ENDPOINTS = 'L-29B6F2EB';
const GATEWAY_ENDPOINTS = 'L-1B52E74A';
const FARGATE = 'L-3032A538';
const ROLES = 'L-FE177D64';

const many = (count: number, body: (index: number) => object) =>
  Object.fromEntries(Array.from({ length: count }, (_, index) => [`n${index}`, body(index)]));

const foundation = {
  aws_vpc: { network: {} },
  // nobody delegates it, and so nobody is told to
  aws_route53_zone: { 'private-zone': { name: 'dev.internal', vpc: [{ vpc_id: '${aws_vpc.network.id}' }] } },
  aws_subnet: { a: { availability_zone: 'us-east-1a' }, b: { availability_zone: 'us-east-1b' } },
  aws_eip: { a: {}, b: {} },
  aws_nat_gateway: { a: { subnet_id: '${aws_subnet.a.id}' }, b: { subnet_id: '${aws_subnet.b.id}' } },
  aws_vpc_endpoint: {
    s3: { vpc_endpoint_type: 'Gateway', vpc_id: '${aws_vpc.network.id}' },
    ...many(2, () => ({ vpc_endpoint_type: 'Interface', vpc_id: '${aws_vpc.network.id}' })),
  },
};
const service = JSON.stringify([
  {
    image:
      '555555555555.dkr.ecr.us-east-1.amazonaws.com/inventory@${data.aws_ssm_parameter.release.insecure_value}',
    secrets: [{ name: 'KEY', valueFrom: `arn:aws:ssm:us-east-1:${ACCOUNT}:parameter/dev/inventory/KEY` }],
  },
]);
const workload = {
  aws_ecs_cluster: { cluster: {} },
  aws_ecs_task_definition: { inventory: { cpu: '512', container_definitions: service } },
  aws_ecs_service: {
    inventory: { task_definition: '${aws_ecs_task_definition.inventory.arn}', desired_count: 1 },
  },
  aws_appautoscaling_target: {
    inventory: {
      service_namespace: 'ecs',
      max_capacity: 4,
      resource_id: 'service/x/${aws_ecs_service.inventory.name}',
    },
  },
  aws_rds_cluster: { orders: {} },
  aws_iam_role: { task: {}, execution: {} },
  aws_vpc_security_group_ingress_rule: many(3, () => ({ security_group_id: '${aws_security_group.api.id}' })),
  aws_vpc_security_group_egress_rule: many(2, () => ({ security_group_id: '${aws_security_group.api.id}' })),
};

let world: DriverWorld;
beforeEach(() => {
  world = new DriverWorld();
  world.stacks = [
    { place: NAMES, config: { resource: { aws_route53_zone: { zone: { name: 'dev.example.org' } } } } },
    { place: FOUNDATION, config: { resource: foundation } },
    {
      place: WORKLOAD,
      config: {
        resource: workload,
        data: { aws_ssm_parameter: { release: { name: '/releases/dev/inventory' } } },
      },
    },
  ];
  world.buckets.add(BUCKET);
  world.zones.set('dev.example.org', [SERVERS.map((server) => `${server.toUpperCase()}.`)]);
  world.delegated.set('dev.example.org', [...SERVERS].reverse());
  for (const one of ['ecs', 'ecs.application-autoscaling', 'rds'])
    world.linkedRoles.add(`${one}.amazonaws.com`);
  world.parameters.set('us-east-1 /releases/dev/inventory', DIGEST).set('us-east-1 /dev/inventory/KEY', '');
  world.images.add(IMAGE);
  for (const code of [
    VPCS,
    ADDRESSES,
    NAT_GATEWAYS,
    GROUP_RULES,
    ENDPOINTS,
    GATEWAY_ENDPOINTS,
    FARGATE,
    ROLES,
  ])
    world.limits.set(code, 100);
  world.inUse.set('vpcs', 1).set('addresses', 3).set('roles', 20);
});
afterEach(() => world.close());

const doctor = () => runDoctor({ scope: 'dev' }, world.surroundings);
const lines = (state: string) => world.lines.filter((line) => line.startsWith(`${state} `));
const refused = (count: string) =>
  new RunError(
    `dev must be ready for a plan, got ${count}, see above; correct them, then run make doctor ENV=dev again`,
  );

it('says what is right, and changes nothing', async () => {
  await doctor();
  expect(world.lines).toEqual([
    `ok           Node.js ${process.versions.node}`,
    'ok           terraform 1.11.4',
    'ok           registry.terraform.io/hashicorp/aws 6.25.0 is locked',
    `ok           AWS credentials of account ${ACCOUNT}, arn:aws:sts::${ACCOUNT}:assumed-role/dev-plan/somebody`,
    `ok           state bucket ${BUCKET} in us-east-1`,
    'ok           every state that holds resources is of a stack',
    'ok           zone dev.example.org is delegated',
    'ok           service-linked role of ecs.amazonaws.com',
    'ok           service-linked role of ecs.application-autoscaling.amazonaws.com',
    'ok           service-linked role of rds.amazonaws.com',
    'ok           2 of 2 parameters for secrets and releases',
    `ok           image inventory@${DIGEST} in us-east-1`,
    'ok           quota "VPCs per Region" in us-east-1: 2 of 100 (1 there, 1 to come)',
    'ok           quota "EC2-VPC Elastic IPs" in us-east-1: 5 of 100 (3 there, 2 to come)',
    'ok           quota "NAT gateways per Availability Zone" in us-east-1: 1 of 100 (us-east-1a)',
    'ok           quota "Inbound or outbound rules per security group" in us-east-1: 3 of 100 (inbound of aws_security_group.api)',
    'ok           quota "Interface VPC endpoints per VPC" in us-east-1: 2 of 100 (aws_vpc.network)',
    'ok           quota "Gateway VPC endpoints per Region" in us-east-1: 1 of 100',
    'ok           quota "Fargate On-Demand vCPU resource count" in us-east-1: 2 of 100',
    'ok           quota "Roles per account" in us-east-1: 22 of 100 (20 there, 2 to come)',
    'nothing is at fault: make plan ENV=dev',
  ]);
  expect([world.terraform.calls, world.written]).toEqual([[], []]);
  expect(existsSync(join(world.workFolder, 'terraform'))).toBe(false);
});

const more = (code: string, quotaService: string) =>
  `ask for more: aws service-quotas request-service-quota-increase --region us-east-1 --service-code ${quotaService} --quota-code ${code} --desired-value <number>`;

type State = 'warning' | 'fault' | 'cannot tell' | 'ok';
const cases: readonly (readonly [what: string, state: State, break_: () => void, text: string])[] = [
  [
    'an old Terraform',
    'fault',
    () => (world.env = { TERRAFORM_BINARY_NAME: 'no-such-terraform' }),
    'no-such-terraform must be on the PATH, got none; install Terraform >= 1.11.0, < 2.0.0, or name another binary in TERRAFORM_BINARY_NAME',
  ],
  [
    'no lock file',
    'warning',
    () => rmSync(world.providerLockFile),
    '.terraform.lock.hcl must be committed, got none: providers are taken as this machine gets them; run make lock, and commit the file',
  ],
  [
    'no lock file in production',
    'fault',
    () => {
      rmSync(world.providerLockFile);
      world.environment = { ...testEnvironment({}), production: true };
    },
    '.terraform.lock.hcl must be committed, got none: providers are taken as this machine gets them; run make lock, and commit the file',
  ],
  [
    'a lock file of another release',
    'fault',
    () => writeFileSync(world.providerLockFile, lockEntry('registry.terraform.io/hashicorp/aws', '6.24.0')),
    '.terraform.lock.hcl: registry.terraform.io/hashicorp/aws must be locked at 6.25.0, got 6.24.0; run make lock, and commit the file',
  ],
  [
    'the root user',
    'warning',
    () => (world.caller = `arn:aws:iam::${ACCOUNT}:root`),
    `AWS credentials must not be those of the root user, got arn:aws:iam::${ACCOUNT}:root; use a role of the account`,
  ],
  [
    'no state bucket',
    'fault',
    () => world.buckets.clear(),
    `state bucket ${BUCKET} must be in us-east-1, got none; run make bootstrap ENV=dev`,
  ],
  [
    'no zone yet',
    'ok',
    () => world.zones.clear(),
    'zone dev.example.org: none yet, it comes with the first apply; delegate it then',
  ],
  [
    'a zone that nobody points to',
    'fault',
    () => world.delegated.clear(),
    `zone dev.example.org must be delegated to ${SERVERS.join(', ')}, got none; write these as its NS records into the parent domain`,
  ],
  [
    'a zone beside the one that is delegated',
    'fault',
    () => world.delegated.set('dev.example.org', ['ns-9.awsdns-9.net']),
    `zone dev.example.org must be delegated to ${SERVERS.join(', ')}, got ns-9.awsdns-9.net; write these as its NS records into the parent domain`,
  ],
  [
    'two zones of one name, neither delegated',
    'cannot tell',
    () => {
      world.zones.set('dev.example.org', [SERVERS, ['ns-3.awsdns-3.net']]);
      world.delegated.clear();
    },
    'zone dev.example.org must be delegated to its name servers, got none and 2 zones of this name; remove those that nobody uses',
  ],
  [
    'no service-linked role',
    'warning',
    () => world.linkedRoles.delete('rds.amazonaws.com'),
    'service-linked role of rds.amazonaws.com: none yet, AWS makes it with the first aws_rds_cluster if whoever applies may iam:CreateServiceLinkedRole; to have it before: aws iam create-service-linked-role --aws-service-name rds.amazonaws.com',
  ],
  [
    'a secret that was never written',
    'fault',
    () => world.parameters.delete('us-east-1 /dev/inventory/KEY'),
    'parameter /dev/inventory/KEY must be in us-east-1 before a plan, got none; run make secrets ENV=dev SERVICE=inventory NAME=KEY',
  ],
  [
    'a release that was never chosen',
    'fault',
    () => world.parameters.delete('us-east-1 /releases/dev/inventory'),
    'parameter /releases/dev/inventory must be in us-east-1 before a plan, got none; run make release ENV=dev SERVICE=inventory DIGEST=sha256:…',
  ],
  [
    'a release without an image',
    'fault',
    () => world.images.clear(),
    `image inventory@${DIGEST} in us-east-1 must be in the registry of account 555555555555, as /releases/dev/inventory names it, got none; push it there, or release another one`,
  ],
  [
    'a quota that is too low for what comes on top',
    'fault',
    () => world.limits.set(ADDRESSES, 4),
    `quota "EC2-VPC Elastic IPs" in us-east-1 must be 5 or more, got 4 (3 there, 2 to come); ${more(ADDRESSES, 'ec2')}`,
  ],
  [
    'a quota that is just enough',
    'warning',
    () => world.limits.set(GROUP_RULES, 3),
    `quota "Inbound or outbound rules per security group" in us-east-1: 3 of 3 (inbound of aws_security_group.api); before more is needed: ${more(GROUP_RULES, 'vpc')}`,
  ],
  [
    'a quota that is four fifths full',
    'warning',
    () => world.inUse.set('vpcs', 79),
    `quota "VPCs per Region" in us-east-1: 80 of 100 (79 there, 1 to come); before more is needed: ${more(VPCS, 'vpc')}`,
  ],
  [
    'a quota below what services scale to',
    'fault',
    () => world.limits.set(FARGATE, 1),
    `quota "Fargate On-Demand vCPU resource count" in us-east-1 must be 2 or more, got 1; ${more(FARGATE, 'fargate')}`,
  ],
  [
    'a quota that AWS does not say',
    'cannot tell',
    () => world.limits.delete(ROLES),
    'quota "Roles per account" in us-east-1: AWS does not say it; look at it in Service Quotas',
  ],
];

it.each(cases)('%s is said: %s', async (_, state, breakIt, text) => {
  breakIt();
  if (state === 'fault') await expect(doctor()).rejects.toThrow(refused('1 fault'));
  else await doctor();
  const said = state === 'ok' ? lines(state).filter((line) => line.endsWith(text)) : lines(state);
  expect(said).toEqual([`${state.padEnd(11)}  ${text}`]);
});

it('asks for no more of what stands already: the account counts it', async () => {
  world.limits.set(VPCS, 1);
  world.applied(FOUNDATION);
  await doctor();
  expect(world.lines.filter((line) => line.includes('VPCs per Region'))).toEqual([]);
});

it('asks nothing else with credentials of another account', async () => {
  world.account = '444455556666';
  world.buckets.clear();
  await expect(doctor()).rejects.toThrow(refused('1 fault'));
  expect(world.lines.slice(3)).toEqual([
    `fault        AWS credentials must belong to account ${ACCOUNT}, where dev is, got account 444455556666; use the credentials of dev`,
    'cannot tell  state buckets, zone, service-linked roles, parameters, images, quotas: correct the credentials first',
  ]);
});

it('says of a region that does not answer that it does not know, and all the rest', async () => {
  world.stacks = [...world.stacks, { place: place('us-west-2', 'foundation') }];
  world.lost.set('us-west-2', new RunError('us-west-2 does not answer'));
  await expect(doctor()).rejects.toThrow(refused('1 fault'));
  expect(lines('fault')).toEqual(['fault        us-west-2 does not answer']);
  expect(lines('cannot tell')).toEqual(['cannot tell  us-west-2 does not answer']);
  expect(lines('ok')).toContain('ok           zone dev.example.org is delegated');
});

describe('a chat channel of alarms', () => {
  const ALERTS = place('us-east-1', 'alerts', { global: true });
  const chats = { slack_team_id: 'T0123ABCD' };
  const said = () => world.said.filter((line) => line.includes('T0123ABCD'));
  beforeEach(() => {
    const config = { resource: { aws_chatbot_slack_channel_configuration: { chats } } };
    world.stacks = [...world.stacks, { place: ALERTS, config }];
  });

  test('that stands has been let in', async () => {
    const instances = [{ attributes: {} }];
    world.states.set(`${BUCKET}/dev/global/alerts.tfstate`, {
      resources: [
        { mode: 'managed', type: 'aws_chatbot_slack_channel_configuration', name: 'chats', instances },
      ],
    });
    await runDoctor({ scope: 'dev' }, world.surroundings);
    expect(said()).toEqual([]);
  });

  test('has to be let in by a person first', async () => {
    await runDoctor({ scope: 'dev' }, world.surroundings);
    expect(said()).toEqual([
      `warning      workspace T0123ABCD of Slack must have let account ${ACCOUNT} in, which is told once by hand, before dev-global-alerts is applied; if it has not: Amazon Q Developer in chat applications in the console, Configure new client, Slack`,
    ]);
  });
});
