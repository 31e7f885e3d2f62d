import type { Problem } from '../settings/capability-rules';
import { windowsOverlap } from '../settings/windows';
import { schemaOf } from './database-access';
import { isSystemSchema } from './reserved-words';

/** What production has to be able to look up, and to go back to, whatever the engine. */
export function recordProblems({
  backupRetentionDays,
  auditLog,
}: {
  readonly backupRetentionDays: number;
  readonly auditLog: boolean;
}): Problem[] {
  const problems: Problem[] = [];
  if (!auditLog) {
    problems.push({
      path: ['auditLog'],
      rule: 'be true in production',
      remedy: 'take it out: who came and what was changed must be known afterwards',
    });
  }
  if (backupRetentionDays < 7) {
    problems.push({
      path: ['backupRetentionDays'],
      rule: 'be at least 7 in production',
      remedy: 'raise it, so that a mistake is still reparable after a week',
    });
  }
  return problems;
}

export function windowProblems({
  backupWindow,
  maintenanceWindow,
}: {
  readonly backupWindow: string;
  readonly maintenanceWindow: string;
}): Problem[] {
  if (!windowsOverlap(backupWindow, maintenanceWindow)) return [];
  return [
    {
      path: ['maintenanceWindow'],
      rule: `not overlap backupWindow, ${backupWindow} on every day`,
      remedy: 'move one of the two',
    },
  ];
}

/** Rights in a schema of MySQL's own would be rights over the whole server. */
export function schemaProblems(
  name: string,
  { databaseName }: { databaseName?: string | undefined },
): Problem[] {
  if (databaseName !== undefined || !isSystemSchema(schemaOf(name, databaseName))) return [];
  return [
    {
      path: ['databaseName'],
      rule: `be set, since ${name} is a schema of MySQL's own`,
      remedy: 'set it, or rename the database',
    },
  ];
}
