import { failoverRegion, globalStateRegion, regionsOf } from '../../../src/config/estate';
import { environmentSchema, type EnvironmentInput } from '../../../src/config/schema';

const settingsOf = (regions: EnvironmentInput['regions']) =>
  environmentSchema.parse({ account: '111111111111', regions });

const primary = { role: 'primary', network: { cidr: '10.0.0.0/16' } } as const;
const standby = { role: 'standby', network: { cidr: '10.1.0.0/16' } } as const;

describe('the region that takes over', () => {
  test('is the only standby', () => {
    const settings = settingsOf({ 'us-west-2': standby, 'us-east-1': primary });
    expect(failoverRegion(settings)).toBe('us-west-2');
    expect(globalStateRegion(settings)).toBe('us-west-2');
  });

  test.each([
    [{ 'us-east-1': primary, 'us-west-2': { ...standby, failover: true }, 'eu-west-1': standby }],
    [{ 'eu-west-1': standby, 'us-west-2': { ...standby, failover: true }, 'us-east-1': primary }],
  ] as const)('is of several the one that says so, wherever it is written', (regions) => {
    const settings = settingsOf(regions);
    expect(failoverRegion(settings)).toBe('us-west-2');
    expect(globalStateRegion(settings)).toBe('us-west-2');
    expect(regionsOf(settings).map(({ name }) => name)).toEqual(['us-east-1', 'us-west-2', 'eu-west-1']);
  });

  test('is none where only the primary stands, which then keeps everything', () => {
    const settings = settingsOf({ 'us-east-1': primary });
    expect(failoverRegion(settings)).toBeUndefined();
    expect(globalStateRegion(settings)).toBe('us-east-1');
  });
});
