import { defineShared } from '../src/config/define';

/** The registry: an image is built once, pushed here, and promoted from environment to environment by digest. And Jenkins. */
export const shared = defineShared({
  account: '555555555555',
  region: 'us-east-1',
  tags: { Project: 'car-retail' },
  delivery: {
    agents: {
      planners: ['arn:aws:iam::555555555555:role/jenkins-planner'],
      appliers: ['arn:aws:iam::555555555555:role/jenkins-applier'],
    },
    approvers: { production: ['production-approvers'], others: ['platform-team'] },
    promotion: { prod: 'beta' },
  },
});
