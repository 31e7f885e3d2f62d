import { defineShared } from '../src/config/define';

/** The registry: an image is built once, pushed here, and promoted from environment to environment by digest. */
export const shared = defineShared({
  account: '555555555555',
  region: 'us-east-1',
  tags: { Project: 'car-retail' },
});
