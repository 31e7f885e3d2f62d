import { defineBlueprint, defineEnvironment } from '../../../src/config/define';

const blueprint = defineBlueprint({
  buckets: { files: {} },
});

/** The least that stands: one environment in one region, with one bucket. */
export const environments = {
  test: defineEnvironment(blueprint, {
    account: '666666666666',
    protection: false,
    regions: { 'us-east-1': { role: 'primary', network: { cidr: '10.60.0.0/16' } } },
  }),
};
