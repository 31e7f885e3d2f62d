import type { Statement } from '../access/policy';
import type { EnvironmentScope } from './environment-roles';

/** Where environments share an account: what is tagged as another one's. IAM does not look at what has no tag. */
export const keepOthers = ({ account, environment }: EnvironmentScope): Statement => ({
  Sid: 'KeepOthers',
  Effect: 'Deny',
  Action: '*',
  Resource: '*',
  Condition: {
    StringEquals: { 'aws:ResourceAccount': account },
    StringNotEquals: { 'aws:ResourceTag/Environment': environment },
    Null: { 'aws:ResourceTag/Environment': 'false' },
  },
});
