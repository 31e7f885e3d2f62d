/** A service, or a part of one, that AWS has ended or closed, and what serves instead. */
interface EndedService {
  readonly name: string;
  /** Keys that a settings file might say, in any spelling. */
  readonly keys: readonly string[];
  readonly since: string;
  readonly successor: string;
}

/** From AWS's product life-cycle page, https://aws.amazon.com/products/lifecycle/, and the services' own notices. */
const ENDED: readonly EndedService[] = [
  {
    name: 'Amazon Pinpoint',
    keys: ['pinpoint'],
    since: 'ended on 2026-10-30',
    successor: 'AWS End User Messaging or SNS mobile push',
  },
  { name: 'Amazon Cognito Sync', keys: ['cognitosync'], since: 'is superseded', successor: 'AWS AppSync' },
  {
    name: 'AWS OpsWorks',
    keys: ['opsworks', 'opsworksstacks', 'chefautomate'],
    since: 'ended on 2024-05-26',
    successor: 'AWS Systems Manager',
  },
  {
    name: 'Amazon Inspector Classic',
    keys: ['inspectorclassic'],
    since: 'ended on 2026-05-20',
    successor: 'Amazon Inspector',
  },
  {
    name: 'Amazon S3 Glacier vaults',
    keys: ['glaciervault', 'glaciervaults'],
    since: 'took no new customers from 2025-12-15',
    successor: 'the Glacier storage classes of S3: buckets.<name>.archiveAfterDays',
  },
  {
    name: 'EC2 launch configurations',
    keys: ['launchconfiguration', 'launchconfigurations'],
    since: 'took no new accounts from 2024-10-01',
    successor: 'launch templates',
  },
  {
    name: 'AWS App Runner',
    keys: ['apprunner'],
    since: 'is closed to new customers',
    successor: 'services, on Fargate',
  },
  {
    name: 'AWS CloudTrail Lake',
    keys: ['cloudtraillake', 'traillake'],
    since: 'is closed to new customers',
    successor: 'a trail to S3, queried with Athena',
  },
  {
    name: 'Amazon Linux 2',
    keys: ['amazonlinux2', 'al2'],
    since: 'ended on 2026-06-30',
    successor: 'Amazon Linux 2023',
  },
  {
    name: 'AWS App Mesh',
    keys: ['appmesh'],
    since: 'ended on 2026-09-30',
    successor: 'Amazon ECS Service Connect',
  },
  { name: 'Amazon QLDB', keys: ['qldb'], since: 'ended on 2025-07-31', successor: 'Aurora with audit logs' },
  { name: 'AWS Copilot', keys: ['copilot'], since: 'ended on 2026-06-12', successor: 'services' },
  {
    name: 'Amazon Elastic Transcoder',
    keys: ['elastictranscoder'],
    since: 'ended on 2025-11-13',
    successor: 'AWS Elemental MediaConvert',
  },
  {
    name: 'Aurora Serverless v1',
    keys: ['serverlessv1', 'auroraserverlessv1'],
    since: 'ended on 2025-03-31',
    successor: 'Aurora Serverless v2',
  },
];

const byKey = new Map(ENDED.flatMap((service) => service.keys.map((key) => [key, service] as const)));

/** @returns what to say of a key that names an ended service, or nothing */
export function endedService(key: string): { rule: string; remedy: string } | undefined {
  const service = byKey.get(
    key
      .toLowerCase()
      .replaceAll(/[^a-z0-9]/g, '')
      .replace(/^(aws|amazon)/, ''),
  );
  if (!service) return undefined;
  return {
    rule: `not name a service that AWS has ended: ${service.name} ${service.since}`,
    remedy: `use ${service.successor}`,
  };
}
