import { everyEstate, fixtureStacks } from '../support/estates';

type Treatment = 'breaching' | 'notBreaching' | 'ignore';

const EVENTS = 'is there only while something happens: no data is no trouble';
const ALWAYS = 'is there each minute that the thing lives: no data is the trouble';
const LEVEL =
  'is a level that a gap of measuring says nothing about: neither well nor unwell, so that nobody is told twice of one trouble';

/**
 * What no data of a metric means, and why; with SampleCount where an alarm counts the data alone. Which metrics are
 * there without anything happening: the pages of each service on its metrics, from
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/aws-services-cloudwatch-metrics.html
 */
const TREATMENTS: Readonly<Record<string, readonly [Treatment, why: string]>> = {
  'AWS/ApplicationELB HTTPCode_ELB_5XX_Count': ['notBreaching', EVENTS],
  'AWS/ApplicationELB HTTPCode_Target_5XX_Count': ['notBreaching', EVENTS],
  'AWS/ApplicationELB TargetResponseTime': ['notBreaching', EVENTS],
  'AWS/ApplicationELB UnHealthyHostCount': [
    'notBreaching',
    'is there while targets are registered; that there are none rings as RunningTaskCount',
  ],
  'AWS/CertificateManager DaysToExpiry': ['ignore', 'comes twice a day, and stops with the certificate'],
  'AWS/CloudFront 5xxErrorRate': ['notBreaching', EVENTS],
  'AWS/ECS CPUUtilization': ['ignore', LEVEL],
  'AWS/ECS MemoryUtilization': ['ignore', LEVEL],
  'AWS/ECS/ManagedScaling CapacityProviderReservation': ['ignore', LEVEL],
  'AWS/ElastiCache CPUUtilization': ['ignore', LEVEL],
  'AWS/ElastiCache CurrConnections': ['ignore', LEVEL],
  'AWS/ElastiCache DatabaseMemoryUsagePercentage': ['ignore', LEVEL],
  'AWS/ElastiCache EngineCPUUtilization': ['ignore', LEVEL],
  'AWS/ElastiCache Evictions': ['ignore', LEVEL],
  'AWS/ElastiCache ReplicationLag': [
    'ignore',
    'is of replicas alone, and moves with the roles in a failover',
  ],
  'AWS/NetworkELB UnHealthyHostCount': [
    'notBreaching',
    'is there while targets are registered; that there are none rings as RunningTaskCount',
  ],
  'AWS/NATGateway ErrorPortAllocation': ['notBreaching', EVENTS],
  'AWS/RDS ACUUtilization': ['ignore', LEVEL],
  'AWS/RDS AuroraGlobalDBReplicationLag': ['ignore', LEVEL],
  'AWS/RDS AuroraReplicaLag': ['ignore', LEVEL],
  'AWS/RDS AvailabilityPercentage': ['ignore', LEVEL],
  'AWS/RDS CPUUtilization': ['ignore', LEVEL],
  'AWS/RDS CPUUtilization SampleCount': ['breaching', ALWAYS],
  'AWS/RDS DatabaseConnections': ['ignore', LEVEL],
  'AWS/RDS DatabaseConnectionsBorrowLatency': ['ignore', LEVEL],
  'AWS/RDS DatabaseConnectionsCurrentlyBorrowed': ['ignore', LEVEL],
  'AWS/RDS FreeStorageSpace': ['ignore', LEVEL],
  'AWS/RDS FreeableMemory': ['ignore', LEVEL],
  'AWS/RDS ReplicaLag': ['ignore', LEVEL],
  'AWS/S3 OperationsFailedReplication': ['notBreaching', EVENTS],
  'AWS/S3 ReplicationLatency': ['ignore', LEVEL],
  'AWS/SQS ApproximateAgeOfOldestMessage': [
    'notBreaching',
    'stops some hours after a queue was last used, which holds nothing then',
  ],
  'AWS/SQS ApproximateNumberOfMessagesVisible': [
    'notBreaching',
    'stops some hours after a queue was last used, which holds nothing then',
  ],
  'AWS/TransitGateway PacketDropCountBlackhole': ['notBreaching', EVENTS],
  'AWS/TransitGateway PacketDropCountNoRoute': ['notBreaching', EVENTS],
  'AWS/WAFV2 BlockedRequests': ['notBreaching', EVENTS],
  'ECS/ContainerInsights RunningTaskCount': ['breaching', ALWAYS],
  'Logs connections-refused': ['notBreaching', EVENTS],
  'Logs names-refused': ['notBreaching', EVENTS],
  'Environments Asleep': ['ignore', 'is written by nobody: the alarm keeps the state that it is set to'],
};

/** A metric counted from logs has the name of its alarm. */
const metricOf = ({ namespace, metric_name: name, statistic }: Record<string, unknown>) =>
  `${String(namespace)} ${namespace === 'Logs' ? String(name).replace(/^.*-(?=\w+-refused$)/, '') : String(name)}${statistic === 'SampleCount' ? ' SampleCount' : ''}`;

test.each(everyEstate)('no data means to each alarm of $name what it means of its metric', ({ stacks }) => {
  const found = stacks().flatMap(({ id, resource }) =>
    Object.entries(resource['aws_cloudwatch_metric_alarm'] ?? {}).map(([name, alarm]) => ({
      alarm: `${id}: ${name}`,
      metric: metricOf(alarm),
      treatment: alarm['treat_missing_data'],
    })),
  );
  for (const { alarm, metric, treatment } of found) {
    const [expected] = TREATMENTS[metric] ?? [];
    expect(expected, `${alarm}: say in this test what no data of ${metric} means, and why`).toBeDefined();
    expect(treatment, `${alarm}, ${metric}`).toBe(expected);
  }
});

test('there are alarms to look at', () => {
  const types = fixtureStacks().flatMap(({ resource }) => Object.keys(resource));
  expect(types).toContain('aws_cloudwatch_metric_alarm');
});
