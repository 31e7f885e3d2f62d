/** IAM path of everything that pipelines work with. */
export const PIPELINE_PATH = '/delivery/';

/** What a role of a pipeline is for. */
export type Duty = 'plan' | 'apply';

export const pipelineRoleName = (environment: string, duty: Duty) => `${environment}-${duty}`;

/** What the environment's own roles stay within; a managed policy beside the roles of the pipeline. */
export const boundaryName = (environment: string) => `${environment}-boundary`;

/** What both roles read by; managed, as it would not fit into the inline policies of the apply role. */
export const readPolicyName = (environment: string) => `${environment}-read`;

export const boundaryArn = (account: string, environment: string) =>
  `arn:aws:iam::${account}:policy${PIPELINE_PATH}${boundaryName(environment)}`;

export const pipelineRoleArn = (account: string, environment: string, duty: Duty) =>
  `arn:aws:iam::${account}:role${PIPELINE_PATH}${pipelineRoleName(environment, duty)}`;
