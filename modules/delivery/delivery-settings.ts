import { z } from 'zod';
import { roleArn } from '../access/role-arn';
import { distinct, entryName } from '../settings/fields';

/** The trust of the pipeline's roles is compared with it. */
const agentRole = roleArn.refine(
  (arn) => !/:role\/delivery\//i.test(arn),
  'not be one of the roles that the pipeline takes; name the role that its agents have',
);

/** A user or a group as Jenkins knows it. */
const approver = z
  .string()
  .regex(
    /^[\w.@-]{1,64}$/,
    'be a user or group of Jenkins, 1 to 64 letters, digits and ._@-; write its id, not its full name',
  );

const oneOrMore = <T extends z.ZodType>(entry: T) =>
  distinct(entry).refine((entries) => entries.length > 0, 'have at least one entry; add one');

/** How environments are planned and applied by Jenkins. */
export const deliverySettings = z.strictObject({
  /** Whom the pipeline's roles trust. */
  agents: z.strictObject({
    /** Roles of agents that build branches: they may take the plan role of each environment, which reads. */
    planners: oneOrMore(agentRole),
    /** Roles of agents that build the main branch alone: they may take the apply role of each environment. */
    appliers: oneOrMore(agentRole),
  }),
  /** Who may approve a plan, by users and groups of Jenkins. */
  approvers: z.strictObject({
    /** For production, at least one. */
    production: oneOrMore(approver),
    /** For every other environment, at least one. */
    others: oneOrMore(approver),
  }),
  /**
   * Which environment is applied only after which other one, of the same commit: `{ prod: 'beta' }`. Production has to
   * come after one. @default none
   */
  promotion: z.record(entryName, entryName).default({}),
});

export type DeliverySettings = z.output<typeof deliverySettings>;
