/** IAM path of everything that pipelines work with. */
export const PIPELINE_PATH = '/delivery/';

/** What a role of a pipeline is for. */
export type Duty = 'plan' | 'apply';

export const pipelineRoleName = (environment: string, duty: Duty) => `${environment}-${duty}`;

export const pipelineRoleArn = (account: string, environment: string, duty: Duty) =>
  `arn:aws:iam::${account}:role${PIPELINE_PATH}${pipelineRoleName(environment, duty)}`;
