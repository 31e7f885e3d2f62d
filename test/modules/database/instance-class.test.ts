import { auroraClass, isBurstable, memoryGiB } from '../../../modules/database/instance-class';
import { auroraMaxConnections } from '../../../modules/database/max-connections';

describe('a class of instances', () => {
  test.each([
    'db.t4g.medium',
    'db.t4g.large',
    'db.r5.large',
    'db.r6g.12xlarge',
    'db.r7i.xlarge',
    'db.r8g.48xlarge',
    'db.x2g.16xlarge',
  ])('may be %s', (name) => {
    expect(auroraClass.safeParse(name).success).toBe(true);
  });

  test.each([
    'db.t3.medium',
    'db.t4g.small',
    'db.t4g.xlarge',
    'db.r4.large',
    'db.m6g.large',
    'db.r8g.medium',
    'r8g.large',
    'db.serverless.large',
    'db.r8g',
    'db.r8g.large ',
    'db.r9x.xlarge',
    'db.r7g.24xlarge',
    'db.r6g.3xlarge',
    'db.constructor.large',
  ])('cannot be %j', (name) => {
    expect(auroraClass.safeParse(name).success).toBe(false);
  });

  // https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Concepts.DBInstanceClass.Summary.html
  test.each([
    ['db.t4g.medium', 4],
    ['db.t4g.large', 8],
    ['db.r8g.large', 16],
    ['db.r8g.xlarge', 32],
    ['db.r6g.2xlarge', 64],
    ['db.r5.24xlarge', 768],
    ['db.r8g.48xlarge', 1536],
    ['db.x2g.large', 32],
    ['db.x2g.16xlarge', 1024],
  ])('%s has %d GiB of memory', (name, expected) => {
    expect(memoryGiB(name)).toBe(expected);
  });

  test.each([
    ['db.t4g.medium', 90],
    ['db.t4g.large', 135],
    ['db.r6g.large', 1000],
    ['db.r6g.xlarge', 2000],
    ['db.r6g.4xlarge', 4000],
    ['db.r6g.16xlarge', 6000],
  ])('%s takes %d connections, as AWS documents it', (name, expected) => {
    expect(auroraMaxConnections({ instanceClass: name, parameters: {} })).toBe(expected);
  });

  test('lends CPU if it is a T', () => {
    expect(isBurstable('db.t4g.large')).toBe(true);
    expect(isBurstable('db.r8g.large')).toBe(false);
  });
});
