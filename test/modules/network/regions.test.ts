import { REGION_NAMES, REGIONS, regionFacts } from '../../../modules/network/regions';

describe('the regions', () => {
  test('are enough for the environments, and need no enabling there', () => {
    for (const name of ['us-east-1', 'us-west-2', 'eu-west-1'] as const) {
      expect(REGION_NAMES).toContain(name);
      expect(regionFacts(name).zones).toEqual(['a', 'b', 'c']);
      expect(regionFacts(name).optIn).toBeUndefined();
    }
  });

  test.each(REGION_NAMES)('know two or three different zones of %s', (name) => {
    const { zones } = regionFacts(name);
    expect(new Set(zones).size).toBe(zones.length);
    expect(zones.length).toBeGreaterThanOrEqual(2);
    expect(zones.length).toBeLessThanOrEqual(3);
    for (const zone of zones) expect(zone).toMatch(/^[a-f]$/);
  });

  test('say which an account has to enable first: all that came after March 2019', () => {
    const optIn = REGION_NAMES.filter((name) => 'optIn' in REGIONS[name]);
    expect(optIn).toEqual([
      'af-south-1',
      'ap-east-1',
      'ap-east-2',
      'ap-south-2',
      'ap-southeast-3',
      'ap-southeast-4',
      'ap-southeast-5',
      'ap-southeast-6',
      'ap-southeast-7',
      'ca-west-1',
      'eu-central-2',
      'eu-south-1',
      'eu-south-2',
      'il-central-1',
      'me-central-1',
      'me-south-1',
      'mx-central-1',
    ]);
  });
});
