import { z } from 'zod';

/** An IAM role by its ARN, in the one partition that there are regions of. No wildcards: one role is meant. */
export const roleArn = z
  .string()
  .regex(
    /^arn:aws:iam::\d{12}:role\/[\w+=,.@/-]{1,512}$/,
    'be the ARN of a role, arn:aws:iam::<account>:role/<name>, without wildcards; copy it from IAM',
  );
