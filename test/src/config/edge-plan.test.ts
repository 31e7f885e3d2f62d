import { planEdge } from '../../../src/config/edge-plan';
import { environments, shared } from '../../fixtures/car-retail';
import { changed, estateOf, stacksOf } from '../../support/estate';

const estate = (change: object) =>
  estateOf({ shared, environments: { prod: changed(environments.prod, change) } });
const planOf = (change: object) => {
  const [environment] = estate(change).environments;
  return environment && planEdge(environment);
};
const NO_SITES = { sites: { shop: null, dealers: null } };

describe('the plan of the edge', () => {
  test('holds the sites, in the region that CloudFront reports to', () => {
    const plan = planOf({});
    expect(plan).toMatchObject({ environment: 'prod', region: 'us-east-1', domain: 'prod.example.com' });
    expect(Object.keys(plan?.sites ?? {})).toEqual(['shop', 'dealers']);
  });

  test('is there without sites too, and then holds nothing', () => {
    expect(planOf(NO_SITES)?.sites).toEqual({});
    const edge = stacksOf(estate(NO_SITES), ['prod']).find(({ id }) => id === 'prod-us-east-1-edge');
    expect(edge?.resource).toEqual({});
  });

  test('is none without a domain, where no names can be had', () => {
    const [environment] = estate(NO_SITES).environments;
    const { settings } = environment!;
    expect(planEdge({ ...environment!, settings: { ...settings, domain: undefined } })).toBeUndefined();
  });

  test('is none where the environment is not in that region', () => {
    const [environment] = estate(NO_SITES).environments;
    const { 'us-west-2': west } = environment!.settings.regions;
    const settings = { ...environment!.settings, regions: { 'us-west-2': west! } };
    expect(planEdge({ ...environment!, settings })).toBeUndefined();
  });

  test('lets every site go with the environment, and with the region', () => {
    const [environment] = estate({}).environments;
    const { settings } = environment!;
    const { 'us-east-1': east, ...others } = settings.regions;
    const regions = { ...others, 'us-east-1': { ...east!, decommission: true } };
    for (const plan of [
      planOf({ decommission: true }),
      planEdge({ ...environment!, settings: { ...settings, regions } }),
    ]) {
      expect(plan?.decommission).toBe(true);
      expect(Object.values(plan?.sites ?? {}).map(({ decommission }) => decommission)).toEqual([true, true]);
    }
  });

  test('has a dashboard beside that of the region, with the alarms of the sites', () => {
    const edge = stacksOf(estate({}), ['prod']).find(({ id }) => id === 'prod-us-east-1-edge');
    const { dashboard } = edge?.resource['aws_cloudwatch_dashboard'] ?? {};
    expect(dashboard?.['dashboard_name']).toBe('prod-edge');
    expect(dashboard?.['dashboard_body']).toContain(
      'aws_cloudwatch_metric_alarm.sites_shop_alarms_errors.alarm_name',
    );
  });

  test('keeps the names of a site that is called otherwise now, and moves its addresses', () => {
    const store = { hosts: ['www.prod.example.com'], firewall: {}, renamedFrom: 'shop' };
    const sites = { shop: null, store };
    const stacks = stacksOf(estate({ sites }), ['prod']);
    const edge = stacks.find(({ id }) => id === 'prod-us-east-1-edge');
    expect(edge?.resource['aws_s3_bucket']?.['sites_store_files']?.['bucket']).toBe(
      'prod-shop-site-us-east-1-444444444444',
    );
    expect(edge?.text).toContain('"to": "aws_s3_bucket.sites_store_files"');
  });
});
