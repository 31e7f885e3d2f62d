import type { EndedService } from './ended-services';

/** AWS's own list of what it ends. */
const LIFECYCLE = 'https://aws.amazon.com/products/lifecycle/';

/**
 * What runs, stores, connects and watches. Not among them are SimpleDB and Classic Load Balancers, for which no
 * page of AWS was found that names an end.
 */
export const ENDED_PLATFORM_SERVICES: readonly EndedService[] = [
  {
    name: 'AWS App Mesh',
    state: 'ended',
    since: '2026-09-30',
    successor: 'Amazon ECS Service Connect',
    source: LIFECYCLE,
  },
  {
    name: 'AWS App Runner',
    state: 'closed',
    since: '2026-04-30',
    successor: 'services, on Fargate',
    source: 'https://docs.aws.amazon.com/apprunner/latest/dg/apprunner-availability-change.html',
  },
  {
    name: 'AWS Audit Manager',
    state: 'closed',
    since: '2026-04-30',
    successor: 'AWS Config conformance packs',
    source:
      'https://docs.aws.amazon.com/audit-manager/latest/userguide/audit-manager-availability-change.html',
  },
  {
    name: 'Aurora MySQL version 1',
    state: 'ended',
    since: '2023-02-28',
    successor: 'aurora-mysql',
    source:
      'https://docs.aws.amazon.com/AmazonRDS/latest/AuroraMySQLReleaseNotes/AuroraMySQL.Updates.1234.html',
    alsoKeys: ['auroramysql1', 'auroramysqlv1'],
    engines: ['aurora', 'aurora-mysql-5.6', 'aurora-mysql-v1'],
  },
  {
    name: 'Aurora MySQL version 2',
    state: 'unsupported',
    since: '2024-10-31',
    successor: 'aurora-mysql',
    source:
      'https://docs.aws.amazon.com/AmazonRDS/latest/AuroraMySQLReleaseNotes/AuroraMySQL.Updates.20Updates.html',
    alsoKeys: ['auroramysql2', 'auroramysqlv2'],
    engines: ['aurora-mysql-5.7', 'aurora-mysql-v2'],
  },
  {
    name: 'Aurora Serverless v1',
    state: 'ended',
    since: '2025-03-31',
    successor: 'aurora-mysql, on an instanceClass',
    source: 'https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/aurora-serverless.relnotes.html',
    alsoKeys: ['serverlessv1'],
    engines: ['aurora-serverless-v1', 'aurora-serverless', 'aurora-mysql-serverless-v1'],
  },
  {
    name: 'AWS CloudTrail Lake',
    state: 'closed',
    since: '2026-05-31',
    successor: 'a trail to S3, queried with Athena',
    source: 'https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-document-history.html',
    alsoKeys: ['traillake'],
  },
  {
    name: 'Amazon CloudWatch Evidently',
    state: 'ended',
    since: '2025-10-17',
    successor: 'AWS AppConfig feature flags',
    source: 'https://aws.amazon.com/blogs/mt/support-for-amazon-cloudwatch-evidently-ending-soon/',
    alsoKeys: ['evidently'],
  },
  {
    name: 'Amazon Cognito Sync',
    state: 'closed',
    since: '2026-07-30',
    successor: 'AWS AppSync',
    source: 'https://docs.aws.amazon.com/cognitosync/latest/APIReference/Welcome.html',
  },
  { name: 'AWS Copilot', state: 'ended', since: '2026-06-12', successor: 'services', source: LIFECYCLE },
  {
    name: 'EC2 launch configurations',
    state: 'closed',
    since: '2024-10-01',
    successor: 'launch templates',
    source: LIFECYCLE,
    alsoKeys: ['launchconfiguration', 'launchconfigurations'],
  },
  {
    name: 'EC2-Classic',
    state: 'ended',
    since: '2022-08-15',
    successor: 'a VPC, which every region has: regions.<name>.network',
    source:
      'https://docs.aws.amazon.com/sdk-for-kotlin/api/latest/route53resolver/aws.sdk.kotlin.services.route53resolver.model/-update-resolver-config-request/autodefined-reverse-flag.html',
    alsoKeys: ['classiclink'],
  },
  {
    name: 'Amazon Inspector Classic',
    state: 'ended',
    since: '2026-05-20',
    successor: 'Amazon Inspector',
    source: LIFECYCLE,
  },
  {
    name: 'Amazon Kinesis Data Analytics for SQL',
    state: 'ended',
    since: '2026-01-27',
    successor: 'Amazon Managed Service for Apache Flink',
    source: 'https://docs.aws.amazon.com/kinesisanalytics/latest/dev/API_Reference.html',
    alsoKeys: ['kinesisanalytics', 'kinesisdataanalytics', 'kinesisanalyticsapplication'],
  },
  {
    name: 'Amazon Linux 2',
    state: 'ended',
    since: '2026-06-30',
    successor: 'Amazon Linux 2023',
    source: LIFECYCLE,
    alsoKeys: ['amazonlinux2', 'al2'],
  },
  {
    name: 'AWS Mainframe Modernization',
    state: 'closed',
    since: '2025-11-07',
    successor: 'AWS Transform',
    source: 'https://aws.amazon.com/about-aws/whats-new/2025/10/aws-service-availability/',
    alsoKeys: ['m2'],
  },
  {
    name: 'AWS Migration Hub',
    state: 'closed',
    since: '2025-11-07',
    successor: 'AWS Transform',
    source: 'https://docs.aws.amazon.com/migrationhub/latest/launchguide/doc-history.html',
  },
  {
    name: 'AWS OpsWorks',
    state: 'ended',
    since: '2024-05-26',
    successor: 'AWS Systems Manager',
    source: LIFECYCLE,
    alsoKeys: ['opsworksstacks', 'chefautomate'],
  },
  {
    name: 'AWS Proton',
    state: 'ended',
    since: '2026-10-07',
    successor: 'this program, or modules of your own',
    source: 'https://docs.aws.amazon.com/proton/latest/userguide/proton-end-of-support.html',
  },
  {
    name: 'Amazon QLDB',
    state: 'ended',
    since: '2025-07-31',
    successor: 'Aurora with audit logs',
    source: 'https://docs.aws.amazon.com/qldb/latest/developerguide/document-history.html',
    alsoKeys: ['quantumledgerdatabase'],
  },
  {
    name: 'Amazon S3 Glacier vaults',
    state: 'closed',
    since: '2025-12-15',
    successor: 'the Glacier storage classes of S3: buckets.<name>.archiveAfterDays',
    source: LIFECYCLE,
    alsoKeys: ['glaciervault', 'glaciervaults'],
  },
  {
    name: 'Amazon S3 Object Lambda',
    state: 'closed',
    since: '2025-11-07',
    successor: 'a Lambda function behind CloudFront or API Gateway',
    source: 'https://docs.aws.amazon.com/AmazonS3/latest/userguide/olap-best-practices.html',
    alsoKeys: ['objectlambda'],
  },
  {
    name: 'Amazon S3 Select',
    state: 'closed',
    successor: 'Athena',
    source: 'https://docs.aws.amazon.com/AmazonS3/latest/API/API_SelectParameters.html',
  },
  {
    name: 'AWS Snowball Edge',
    state: 'closed',
    successor: 'AWS DataSync or AWS Data Transfer Terminal',
    source: 'https://docs.aws.amazon.com/snowball/latest/api-reference/API_ServiceVersion.html',
    alsoKeys: ['snowball'],
  },
  {
    name: 'AWS Snowcone',
    state: 'ended',
    since: '2024-11-12',
    successor: 'AWS DataSync',
    source: 'https://docs.aws.amazon.com/snowball/latest/api-reference/API_DependentService.html',
  },
  {
    name: 'Amazon Timestream for LiveAnalytics',
    state: 'closed',
    since: '2025-06-20',
    successor: 'Amazon Timestream for InfluxDB',
    source:
      'https://docs.aws.amazon.com/timestream/latest/developerguide/AmazonTimestreamForLiveAnalytics-availability-change.html',
    alsoKeys: ['timestreamliveanalytics', 'liveanalytics'],
  },
];
