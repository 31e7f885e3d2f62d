import { environments, shared } from '../../../fixtures/car-retail';
import { endedService, ENDED_SERVICES } from '../../../../src/config/ended/ended-services';
import { changed, problemsOf } from '../../../support/estate';

const { dev } = environments;
const inDev = (change: object) => problemsOf({ shared, environments: { dev: changed(dev, change) } });

describe('services that AWS has ended', () => {
  test.each([
    ['pinpoint', 'ended: Amazon Pinpoint, on 2026-10-30; use AWS End User Messaging or SNS mobile push'],
    ['appRunner', 'closed to new customers: AWS App Runner, on 2026-04-30; use services, on Fargate'],
    ['ops_works', 'ended: AWS OpsWorks, on 2024-05-26; use AWS Systems Manager'],
    [
      'awsCloudTrailLake',
      'closed to new customers: AWS CloudTrail Lake, on 2026-05-31; use a trail to S3, queried with Athena',
    ],
    ['AWS-IoT-1-Click', 'ended: AWS IoT 1-Click, on 2024-12-16; use AWS IoT Core'],
    ['s3_select', 'closed to new customers: Amazon S3 Select; use Athena'],
  ])('%s is refused by name, with its successor', (key, text) => {
    expect(inDev({ [key]: {} })).toContain(
      `environments/dev.ts: ${key} must not name a service that AWS has ${text}`,
    );
  });

  test.each([
    ['aurora', 'a service that AWS has ended: Aurora MySQL version 1, on 2023-02-28', 'aurora-mysql'],
    [
      'aurora-serverless-v1',
      'a service that AWS has ended: Aurora Serverless v1, on 2025-03-31',
      'aurora-mysql, on an instanceClass',
    ],
    [
      'aurora-mysql-5.7',
      'a release that AWS has taken out of standard support: Aurora MySQL version 2, on 2024-10-31',
      'aurora-mysql',
    ],
  ])('engine %s too', (engine, text, successor) => {
    const databases = { orders: { engine, instanceClass: 'db.t4g.medium' } };
    expect(inDev({ databases })).toContain(
      `environments/dev.ts: databases.orders.engine must not name ${text}, got "${engine}"; use ${successor}`,
    );
  });

  test('an engine that never was is only unknown, and a key named aurora is no ended service', () => {
    expect(inDev({ databases: { orders: { engine: 'oracle' } } })).toContain(
      'environments/dev.ts: databases.orders.engine must be one of aurora-mysql, mysql, got "oracle"; choose one of them',
    );
    expect(inDev({ aurora: {} }).join()).toContain('aurora must be a setting that exists');
  });

  test('each is found by one row, which names a page of AWS and a real day', () => {
    const keys = ENDED_SERVICES.flatMap(({ name, alsoKeys = [], engines = [] }) => [
      name
        .toLowerCase()
        .replaceAll(/[^a-z0-9]/g, '')
        .replace(/^(aws|amazon)/, ''),
      ...alsoKeys,
      ...engines,
    ]);
    expect(keys.filter((key, index) => keys.indexOf(key) !== index)).toEqual([]);
    for (const { source, since = '2020-01-01', name, alsoKeys = [] } of ENDED_SERVICES) {
      expect(source).toMatch(/^https:\/\/(docs\.)?aws\.amazon\.com\//);
      expect(new Date(since).toISOString().slice(0, 10)).toBe(since);
      for (const key of [name, ...alsoKeys]) expect(endedService(key)?.rule).toContain(name);
    }
  });
});
