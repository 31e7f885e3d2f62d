/** One thing that the software has to be able to generate, and where it stands. */
export interface Requirement {
  /** Letter of the company, and a number. */
  readonly id: string;
  readonly text: string;
  /** Settings that bring it, as `docs/settings.md` writes them; none if it is always so, or comes from a command. */
  readonly settings: readonly string[];
  /** Files that make it, from the top of the project. */
  readonly code: readonly string[];
  /** Types of its resources, or parts of addresses such as `aws_iam_role.*task-role`; none if it makes no resource. */
  readonly resources: readonly string[];
  /** Where it is said how to operate it: a page, and a heading in it. */
  readonly operate: string;
}
