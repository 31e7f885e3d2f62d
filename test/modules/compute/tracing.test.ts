import type { z } from 'zod';
import type { tracingSettings } from '../../../modules/compute/tracing-settings';
import { statementsAt, synthService } from './service-under-test';

interface Container extends Record<string, unknown> {
  readonly name: string;
  readonly environment: readonly { readonly name: string; readonly value: string }[];
}

const traced = (tracing: z.input<typeof tracingSettings> = {}) => synthService({ settings: { tracing } });

function containersOf(out: ReturnType<typeof synthService>): Map<string, Container> {
  const text = String(out.at('aws_ecs_task_definition.services_inventory')['container_definitions']);
  return new Map((JSON.parse(text) as Container[]).map((container) => [container.name, container]));
}

const variablesOf = (container: Container | undefined) =>
  Object.fromEntries((container?.environment ?? []).map(({ name, value }) => [name, value]));

const collectorOf = (out: ReturnType<typeof synthService>) => containersOf(out).get('trace-collector');

describe('a service that is traced', () => {
  test('has a collector beside it, whose image is released like any other', () => {
    const out = traced();
    expect([...containersOf(out).keys()]).toEqual(['inventory', 'trace-collector']);
    expect(collectorOf(out)?.['image']).toBe(
      '999988887777.dkr.ecr.us-east-1.amazonaws.com/trace-collector@${data.aws_ssm_parameter.services_inventory_collector-release.insecure_value}',
    );
    expect(out.data['aws_ssm_parameter']?.['services_inventory_collector-release']).toMatchObject({
      name: '/releases/test/trace-collector',
    });
    expect(
      statementsAt(out, 'aws_iam_role_policy.services_inventory_execution-role_pull-image'),
    ).toContainEqual(
      expect.objectContaining({
        Resource: [
          'arn:aws:ecr:us-east-1:999988887777:repository/team/inventory',
          'arn:aws:ecr:us-east-1:999988887777:repository/trace-collector',
        ],
      }),
    );
  });

  test('may write traces and read none', () => {
    expect(statementsAt(traced(), 'aws_iam_role_policy.services_inventory_task-role_send-traces')).toEqual([
      { Effect: 'Allow', Action: 'xray:PutTraceSegments', Resource: '*' },
    ]);
    expect(synthService().addresses).not.toContain(
      'aws_iam_role_policy.services_inventory_task-role_send-traces',
    );
  });

  test('finds the collector by the variables of OpenTelemetry, and sends it traces alone', () => {
    expect(variablesOf(containersOf(traced({ samplePercent: 0.5 })).get('inventory'))).toEqual({
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://127.0.0.1:4318',
      OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
      OTEL_LOGS_EXPORTER: 'none',
      OTEL_METRICS_EXPORTER: 'none',
      OTEL_RESOURCE_ATTRIBUTES: 'deployment.environment.name=test',
      OTEL_SERVICE_NAME: 'inventory',
      OTEL_TRACES_EXPORTER: 'otlp',
      OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
      OTEL_TRACES_SAMPLER_ARG: '0.005',
    });
  });

  test.each([
    [0.01, '0.0001'],
    [7, '0.07'],
    [100, '1'],
  ])('has %d percent as a share without an exponent', (samplePercent, share) => {
    const variables = variablesOf(containersOf(traced({ samplePercent })).get('inventory'));
    expect(variables['OTEL_TRACES_SAMPLER_ARG']).toBe(share);
  });

  test('goes on without its collector, and ends before it', () => {
    const out = traced();
    expect(collectorOf(out)).toMatchObject({
      essential: false,
      restartPolicy: { enabled: true, restartAttemptPeriod: 60 },
      stopTimeout: 30,
    });
    // to wait for its health would keep the program from starting
    expect(containersOf(out).get('inventory')).toMatchObject({
      essential: true,
      dependsOn: [{ containerName: 'trace-collector', condition: 'START' }],
    });
  });
});

describe('the collector', () => {
  test('is not root, can become nothing else, writes nowhere and is reached by its own task alone', () => {
    const collector = collectorOf(traced());
    expect(collector).toMatchObject({
      user: '4317:4317',
      readonlyRootFilesystem: true,
      linuxParameters: { capabilities: { add: [], drop: ['ALL'] } },
      portMappings: [],
      mountPoints: [],
    });
    expect(configOf(collector)).toMatchObject({
      receivers: { otlp: { protocols: { http: { endpoint: '127.0.0.1:4318' } } } },
    });
  });

  test('sends what it gets to X-Ray of its region, by what it has configured', () => {
    const collector = collectorOf(traced());
    expect(collector?.['command']).toEqual(['--config=env:COLLECTOR_CONFIG']);
    const config = configOf(collector) as Record<string, Record<string, unknown>> & {
      service: { extensions: string[]; pipelines: Record<string, Record<string, string[]>> };
    };
    expect(config['exporters']).toEqual({ awsxray: { region: 'us-east-1' } });
    expect(Object.keys(config.service.pipelines)).toEqual(['traces']);
    for (const [kind, names] of Object.entries(config.service.pipelines['traces'] ?? {}))
      expect(Object.keys(config[kind] ?? {})).toEqual(names);
    expect(Object.keys(config['extensions'] ?? {})).toEqual(config.service.extensions);
  });

  test('is asked by a program of its image whether it is well, which its extension answers', () => {
    const collector = collectorOf(traced());
    expect(collector?.['healthCheck']).toMatchObject({ command: ['CMD', '/healthcheck'], retries: 3 });
    expect(configOf(collector)).toMatchObject({ extensions: { health_check: {} } });
  });

  test('refuses traces before it has used up its memory', () => {
    const collector = collectorOf(traced({ memoryMiB: 256 }));
    expect(collector?.['memory']).toBe(256);
    expect(configOf(collector)).toMatchObject({
      processors: { memory_limiter: { limit_mib: 192, spike_limit_mib: 51 } },
    });
    expect(variablesOf(collector)['GOMEMLIMIT']).toBe('204MiB');
  });

  test('logs beside the program', () => {
    expect(collectorOf(traced())?.['logConfiguration']).toMatchObject({
      options: {
        'awslogs-group': '${aws_cloudwatch_log_group.services_inventory.name}',
        'awslogs-stream-prefix': 'traces',
      },
    });
  });
});

const configOf = (collector: Container | undefined): unknown =>
  JSON.parse(variablesOf(collector)['COLLECTOR_CONFIG'] ?? '');
