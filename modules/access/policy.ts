/** One statement of an IAM policy, in IAM's own terms. */
export interface Statement {
  readonly Sid?: string;
  readonly Effect?: 'Allow' | 'Deny';
  readonly Principal?: '*' | Readonly<Record<string, string | readonly string[]>>;
  readonly Action: string | readonly string[];
  /** Left out in trust policies only. */
  readonly Resource?: string | readonly string[];
  /** Every resource but these; in place of `Resource`, to deny. */
  readonly NotResource?: string | readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** A policy document as JSON. Statements allow unless they say otherwise. */
export function policyDocument(statements: readonly Statement[]): string {
  return JSON.stringify({
    Version: '2012-10-17',
    Statement: statements.map(({ Sid, Effect = 'Allow', ...rest }) => ({
      ...(Sid && { Sid }),
      Effect,
      ...rest,
    })),
  });
}
