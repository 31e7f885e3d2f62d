import { BackupCopy } from '../../../modules/database/backup-copy';
import { synthesize, testApp, testFoundation, testStack } from '../../support/harness';
import { keyArn } from './database-under-test';

test('A10: backups are copied by the name of their database, and encrypted with a key of the region that they come to', () => {
  const app = testApp();
  const foundation = testFoundation(app);
  const stack = testStack(app);
  new BackupCopy(stack, 'BackupCopy', {
    ...foundation,
    name: 'catalog',
    sourceRegion: 'us-east-2',
    retentionDays: 9,
  });
  expect(synthesize(stack).at('aws_db_instance_automated_backups_replication.backup-copy')).toEqual({
    source_db_instance_arn: 'arn:aws:rds:us-east-2:111122223333:db:test-catalog',
    kms_key_id: keyArn('data'),
    retention_period: 9,
  });
});
