import { TerraformOutput, type TerraformStack } from 'cdktf';
import { synth } from './harness';

/** What a value that a construct tells becomes in the JSON, e.g. `${aws_s3_bucket.logs.bucket}`. */
export const resolved = (tell: (stack: TerraformStack) => unknown): unknown =>
  synth((stack) => void new TerraformOutput(stack, 'told', { value: tell(stack) })).output['told']?.['value'];
