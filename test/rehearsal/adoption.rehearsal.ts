import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { mergeFile } from '../../src/config/check';
import { refusedLosses } from '../../src/terraform/plan/destroy-gate';
import { countsText, summaryOf, type PlanSummary } from '../../src/terraform/plan/plan-summary';
import { environments, shared, unlinkedProd } from '../fixtures/car-retail';
import { changed, estateOf } from '../support/estate';
import { without } from '../support/without';
import { existingNetwork, StandingCompany } from './company';
import { madeByHand, MEDIA } from './made-by-hand';
import type { RehearsedStack } from './rehearsed-stack';
import type { JsonObject } from './stack-document';
import { StandIn } from './stand-in';
import { synthesizeEstate } from './unprotected-estate';

const WORKLOAD = 'prod-us-east-1-workload';
const NAMES = 'prod-global-names';
const FOUNDATION = 'prod-us-east-1-foundation';
/** Without links between its regions: of a VPC that stands already, routes and network ACLs are left alone. */
const prod = changed({ blueprint: {}, overrides: mergeFile(environments.prod) }, unlinkedProd);

let standIn: StandIn;
let folder: string;
let company: StandingCompany;
const stacks = new Map<string, RehearsedStack>();

/** What is synthesized of prod, changed like this. */
function synthesized(change: object, id: string): JsonObject {
  const out = join(folder, 'out');
  const all = { ...environments, prod: changed(prod, change) };
  synthesizeEstate(estateOf({ environments: all, shared }), ['prod'], out);
  return JSON.parse(readFileSync(join(out, 'stacks', id, 'cdk.tf.json'), 'utf8')) as JsonObject;
}

async function planOf(id: string, change: object): Promise<PlanSummary> {
  const configuration = synthesized(change, id);
  const stack = stacks.get(id) ?? standIn.copyStack(id, join(folder, 'out', 'stacks', id));
  if (!stacks.has(id)) expect((await stack.init()).code).toBe(0);
  stacks.set(id, stack);
  stack.reconfigure(configuration);
  const { code, output } = await stack.plan();
  if (code !== 0) throw new Error(output);
  return summaryOf(await stack.showPlan());
}

async function apply(id: string): Promise<void> {
  const { code, output } = await stacks.get(id)!.apply();
  expect(code, output).toBe(0);
  const again = await stacks.get(id)!.planAgain();
  expect(again.code, again.output).toBe(0);
}

/** What a state says of one resource. */
function stateOf(id: string, address: string): JsonObject {
  const { resources = [] } = JSON.parse(stacks.get(id)!.state() ?? '{}') as {
    resources?: { type: string; name: string; instances: { attributes: JsonObject }[] }[];
  };
  const found = resources.find(({ type, name }) => `${type}.${name}` === address);
  return found?.instances[0]?.attributes ?? {};
}

/** What is taken over, each with what would change of it. */
const taken = ({ imports = [] }: PlanSummary) =>
  Object.fromEntries(imports.map(({ address, id, changes }) => [address, [id, ...changes].join(' ')]));

beforeAll(async () => {
  standIn = await StandIn.start();
  standIn.cloud.isComplete = true;
  folder = mkdtempSync(join(tmpdir(), 'adoption-'));
  // nobody who made one by hand has said from where it is read
  const media = { ...ALONE.media, access: 'account' };
  const workload = synthesized({ ...without(environments.prod, ['services']), buckets: { media } }, WORKLOAD);
  company = await StandingCompany.make(standIn, {
    account: '444444444444',
    region: 'us-east-1',
    resource: madeByHand(workload),
  });
}, 180_000);

afterAll(async () => {
  await standIn.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Of what is said of the whole environment and of its primary region. */
const standing = () => ({
  zone: { existing: company.id('aws_route53_zone.shop') },
  regions: {
    'us-east-1': {
      keys: {
        data: { existing: company.arn('aws_kms_key.data') },
        objects: { existing: company.arn('aws_kms_key.objects') },
      },
      network: existingNetwork(company, 'us-east-1'),
    },
  },
});

describe('the zone of a domain that stands already', () => {
  it('is taken over, and shows that others may no longer issue certificates for it', async () => {
    const summary = await planOf(NAMES, standing());
    const zone = company.id('aws_route53_zone.shop');
    expect(taken(summary)).toEqual({
      'aws_route53_record.zone_caa': `${zone}_prod.example.com_CAA records`,
      'aws_route53_zone.zone': zone,
    });
    expect(countsText(summary)).toBe('2 to import, 2 to add, 1 to change, 0 to replace, 0 to destroy');
    await apply(NAMES);
  }, 60_000);
});

describe('keys and a network that stand already', () => {
  it('are taken over with the policies and routes that others rely on, and nothing of them changes', async () => {
    const summary = await planOf(FOUNDATION, standing());
    expect(taken(summary)).toMatchObject({
      'aws_kms_key.keys_data': company.id('aws_kms_key.data'),
      'aws_kms_key.keys_objects': company.id('aws_kms_key.objects'),
    });
    // two keys, the VPC and nine subnets, beside which keys for the rest, flow logs and endpoints are made
    expect(summary.imports).toHaveLength(12);
    expect(summary.imports?.flatMap(({ changes }) => changes)).toEqual([]);
    expect(summary).toMatchObject({ change: 0, losses: [] });
    await apply(FOUNDATION);
    const state = stacks.get(FOUNDATION)!.state() ?? '';
    expect(state).not.toMatch(/"type": "aws_(default_|route_table|network_acl|nat_gateway|internet_gateway)/);
  }, 60_000);
});

/** The bucket that is taken over, copied nowhere. */
const ALONE = { media: { standby: null, replication: null } };

/** Nothing but one bucket. */
const only = (media: object) => ({
  ...standing(),
  ...without(environments.prod, ['databases', 'caches', 'services', 'queues']),
  buckets: { media: { notify: { 'media-uploads': null }, ...ALONE.media, ...media } },
});

describe('a bucket that stands already', () => {
  it('is taken over with all its parts, and nothing of it changes', async () => {
    const summary = await planOf(WORKLOAD, only({ existing: 'shop-media' }));
    // the dashboard is new, and shows what the network refuses
    expect(countsText(summary)).toBe('7 to import, 1 to add, 0 to change, 0 to replace, 0 to destroy');
    expect(taken(summary)).toEqual(
      Object.fromEntries(MEDIA.map((type) => [`${type}.buckets_media`, 'shop-media'])),
    );
    await apply(WORKLOAD);
    expect(company.attributes('aws_s3_bucket.shop-media')['tags_all']).toEqual({ CostCentre: '4711' });
  }, 60_000);

  it('shows what the settings change of it, and stays what it is without them', async () => {
    const summary = await planOf(WORKLOAD, only({ existing: 'shop-media', archiveAfterDays: 30 }));
    expect(countsText(summary)).toBe('0 to add, 1 to change, 0 to replace, 0 to destroy');
  }, 60_000);

  it('takes over that it tells nobody anything, which S3 answers of every bucket, and shows whom it tells from now on', async () => {
    const change = only({ existing: 'shop-media', notify: {} });
    const summary = await planOf(WORKLOAD, { ...change, queues: {} });
    const { 'aws_s3_bucket_notification.buckets_media_notifications': told, ...rest } = taken(summary);
    expect([told, rest]).toEqual(['shop-media queue', {}]);
  }, 60_000);

  it('keeps its name after a rename', async () => {
    const change = only({});
    const buckets = { media: null, pictures: { existing: 'shop-media', renamedFrom: 'media' } };
    const summary = await planOf(WORKLOAD, { ...change, buckets });
    expect(countsText(summary)).toBe('0 to add, 0 to change, 0 to replace, 0 to destroy');
  }, 60_000);

  it('would be replaced where its name is taken out again, which is refused', async () => {
    await expect(planOf(WORKLOAD, only({}))).rejects.toThrow(/lifecycle.prevent_destroy set/);
    const summary = await planOf(WORKLOAD, only({ decommission: true }));
    expect(summary.losses).toContainEqual(
      expect.objectContaining({ address: 'aws_s3_bucket.buckets_media', how: 'replace', stateful: true }),
    );
    expect(refusedLosses([{ id: WORKLOAD, summary }], [], 'make apply ALLOW_DESTROY=')).toHaveLength(1);
  }, 60_000);

  it('must have what is not said to be lacking', async () => {
    stacks.get(WORKLOAD)!.forgetState();
    await expect(planOf(WORKLOAD, only({ existing: 'shop-bare' }))).rejects.toThrow(
      /Cannot import non-existent remote object/,
    );
    const existing = { name: 'shop-bare', lacks: ['policy', 'ownership'] };
    const summary = await planOf(WORKLOAD, only({ existing }));
    expect(countsText(summary)).toBe('5 to import, 3 to add, 0 to change, 0 to replace, 0 to destroy');
  }, 60_000);
});

/** All that the workload of the shop can stand on. */
const users = (change: object = {}) => ({
  existing: {
    cluster: 'shop-users',
    instances: ['shop-users-one', 'shop-users-two'],
    masterUsername: 'root',
    subnetGroup: 'shop-data',
    securityGroups: [company.id('aws_security_group.databases')],
    parameterGroup: 'default.aurora-mysql8.0',
    instanceParameterGroup: 'default.aurora-mysql8.0',
    logs: ['error'],
    ...change,
  },
});

describe('a database and a certificate that stand already', () => {
  const nothing = without(environments.prod, ['databases', 'services']);
  const all = (database: object) => {
    const regions = structuredClone(standing().regions) as Record<string, object>;
    Object.assign(regions['us-east-1']!, {
      certificate: { existing: company.arn('aws_acm_certificate.shop') },
    });
    return {
      ...standing(),
      regions,
      ...without(environments.prod, ['caches', 'buckets', 'capacity']),
      databases: { ...nothing['databases'], users: { insights: 'standard', ...database } },
      services: {
        ...nothing['services'],
        inventory: { uses: { databases: ['users'], caches: [], buckets: { media: null } }, standby: null },
        accounts: { uses: { databases: ['users'], caches: [] } },
      },
    };
  };

  it('are taken over, and only what the code says of its own changes', async () => {
    stacks.get(WORKLOAD)!.forgetState();
    const summary = await planOf(WORKLOAD, all(users()));
    expect(taken(summary)).toEqual({
      'aws_acm_certificate.certificate': company.arn('aws_acm_certificate.shop'),
      'aws_cloudwatch_log_group.databases_users_logs_error': '/aws/rds/cluster/shop-users/error kms_key_id',
      'aws_db_subnet_group.databases_users': 'shop-data',
      'aws_rds_cluster.databases_users': 'shop-users',
      'aws_rds_cluster_instance.databases_users_instances_1': 'shop-users-one monitoring_role_arn',
      'aws_rds_cluster_instance.databases_users_instances_2': 'shop-users-two monitoring_role_arn',
    });
    expect(summary).toMatchObject({ change: 3, losses: [] });
    await apply(WORKLOAD);
    const cluster = stateOf(WORKLOAD, 'aws_rds_cluster.databases_users');
    expect(cluster).toMatchObject({ skip_final_snapshot: false, deletion_protection: true });
    // those who use it come in by the group that it had
    const rule = stateOf(
      WORKLOAD,
      'aws_vpc_security_group_ingress_rule.services_inventory_connections_to-databases-users-3306',
    );
    expect(rule['security_group_id']).toBe(company.id('aws_security_group.databases'));
  }, 120_000);

  it('are refused where they differ in what would replace them', async () => {
    stacks.get(WORKLOAD)!.forgetState();
    const mistaken = { ...users({ masterUsername: 'somebody' }), decommission: true };
    const summary = await planOf(WORKLOAD, all(mistaken));
    expect(summary.losses[0]).toEqual({
      address: 'aws_rds_cluster.databases_users',
      how: 'replace',
      stateful: true,
      forcedBy: [{ attribute: 'master_username' }],
    });
    const refused = refusedLosses([{ id: WORKLOAD, summary }], [], 'make apply ALLOW_DESTROY=');
    expect(refused.join('\n')).toContain('aws_rds_cluster.databases_users must not be replaced');
  }, 60_000);
});
