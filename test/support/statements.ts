/** As much of a statement as tests look at. */
export interface TestedStatement extends Record<string, unknown> {
  readonly Sid?: string;
}

/** Statements of a policy as a resource holds it. */
export const statementsOf = (policy: unknown): TestedStatement[] =>
  (JSON.parse(String(policy)) as { Statement: TestedStatement[] }).Statement;

/** The one statement with this id. */
export function statementOf(policy: unknown, sid: string): TestedStatement {
  const statements = statementsOf(policy);
  const found = statements.find(({ Sid }) => Sid === sid);
  if (!found) throw new Error(`no ${sid} among ${statements.map(({ Sid }) => Sid).join(', ')}`);
  return found;
}
