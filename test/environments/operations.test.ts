import { stateBucketName, stateObjectKey } from '../../src/stacks/base-stack';
import { fixtureStacks } from '../support/estates';
import { textOf } from '../support/pages';

const TEXT = textOf('docs/operations.md') + textOf('docs/changes.md');
const prod = fixtureStacks().filter(({ place }) => place.scope === 'prod');

/** What resources of one type are called. */
const namesOf = (type: string, argument: string) =>
  prod.flatMap(({ resource }) => Object.values(resource[type] ?? {}).map((one) => one[argument]));
const said = (pattern: RegExp) => [...TEXT.matchAll(pattern)].map((match) => match[1]);

describe('names in docs/operations.md and docs/changes.md', () => {
  test.each([
    ['clusters of ECS', /--cluster (\S+)/g, namesOf('aws_ecs_cluster', 'name')],
    ['services of ECS', /--services (\S+)/g, namesOf('aws_ecs_service', 'name')],
    [
      'queues by URL and ARN',
      /(?:sqs\.us-east-1\.amazonaws\.com\/444444444444\/|arn:aws:sqs:us-east-1:444444444444:)(\S+)/g,
      namesOf('aws_sqs_queue', 'name'),
    ],
    ['queues', /--queue-name (\S+)/g, namesOf('aws_sqs_queue', 'name')],
    ['task definitions', /--task-definition (\S+)/g, namesOf('aws_ecs_task_definition', 'family')],
    ['groups of instances', /--auto-scaling-group-name (\S+)/g, namesOf('aws_autoscaling_group', 'name')],
    [
      'global databases',
      /--global-cluster-identifier (\S+)/g,
      namesOf('aws_rds_global_cluster', 'global_cluster_identifier'),
    ],
    [
      'instances of databases',
      /(?:source-db-instance-identifier|[^-]--db-instance-identifier|:db:)[ ]?(prod-\S+)/g,
      namesOf('aws_db_instance', 'identifier'),
    ],
    ['subnet groups of databases', /--db-subnet-group-name (\S+)/g, namesOf('aws_db_subnet_group', 'name')],
    ['private names', /`([\w-]+\.prod\.internal)`/g, namesOf('aws_route53_record', 'name')],
    [
      'clusters of databases',
      /arn:aws:rds:us-west-2:444444444444:cluster:(\S+)/g,
      namesOf('aws_rds_cluster', 'cluster_identifier'),
    ],
    ['buckets of sites', /s3:\/\/([\w-]+-site-[\w-]+)/g, namesOf('aws_s3_bucket', 'bucket')],
    [
      'states',
      /s3:\/\/(\S+\.tfstate)/g,
      prod.flatMap(({ place }) =>
        // before an environment has a standby, its names are kept in the primary
        ['us-east-1', 'us-west-2'].map(
          (region) => `${stateBucketName({ ...place, region })}/${stateObjectKey(place)}`,
        ),
      ),
    ],
  ])('are those of %s', (_what, pattern, names) => {
    const used = said(pattern);
    expect(used.length).toBeGreaterThan(0);
    for (const name of used) expect(names).toContain(name);
  });

  test('are those of targets of make', () => {
    const makefile = textOf('Makefile');
    const targets = [...makefile.matchAll(/^([a-z-]+):.*## /gm)].map((match) => match[1]);
    for (const target of said(/(?:`|^)make ([a-z-]+)\b/gm)) expect(targets).toContain(target);
  });
});
