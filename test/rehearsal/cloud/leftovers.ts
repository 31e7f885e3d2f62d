import { textOf, type ValueMap } from '../protocol/values';
import type { Caller } from './caller';

/** Last snapshots: by the type that leaves one, AWS's refusal of a name that an older one has. */
const LAST_SNAPSHOTS: Readonly<Record<string, string>> = {
  aws_db_instance:
    'DBSnapshotAlreadyExists: Cannot create the snapshot because a snapshot with the identifier',
  aws_elasticache_replication_group:
    'SnapshotAlreadyExistsFault: Snapshot with specified name already exists:',
  aws_rds_cluster:
    'DBClusterSnapshotAlreadyExistsFault: Cannot create the cluster snapshot because one with the identifier',
};

/** What stays behind when something is deleted, and is in the way of whoever comes next. */
export class Leftovers {
  private readonly present = new Set<string>();

  /** AWS's refusal to delete something whose last snapshot has no name of its own. */
  refuseDeletion(type: string, state: ValueMap, caller: Caller): string | undefined {
    const snapshot = snapshotOf(type, state);
    if (snapshot === undefined || !this.present.has(keyOf('snapshot', snapshot, state, caller)))
      return undefined;
    return `${LAST_SNAPSHOTS[type]} ${snapshot} already exists`;
  }

  /** AWS's refusal of a secret whose name one has that waits for its deletion. */
  refuseCreation(type: string, state: ValueMap, caller: Caller): string | undefined {
    const name = textOf(state['name']) ?? '';
    const isWaiting =
      type === 'aws_secretsmanager_secret' && this.present.has(keyOf('secret', name, state, caller));
    return isWaiting
      ? "InvalidRequestException: You can't create this secret because a secret with this name is already scheduled for deletion."
      : undefined;
  }

  leave(type: string, state: ValueMap, caller: Caller): void {
    const snapshot = snapshotOf(type, state);
    if (snapshot !== undefined) this.present.add(keyOf('snapshot', snapshot, state, caller));
    const recovery = state['recovery_window_in_days'];
    if (type === 'aws_secretsmanager_secret' && Number(recovery ?? 30) > 0) {
      this.present.add(keyOf('secret', textOf(state['name']) ?? '', state, caller));
    }
  }
}

function snapshotOf(type: string, state: ValueMap): string | undefined {
  if (LAST_SNAPSHOTS[type] === undefined || state['skip_final_snapshot'] === true) return undefined;
  return textOf(state['final_snapshot_identifier']);
}

function keyOf(kind: string, name: string, state: ValueMap, caller: Caller): string {
  return `${kind} ${caller.account} ${textOf(state['region']) ?? caller.region} ${name}`;
}
