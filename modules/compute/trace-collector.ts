import type { IGrantee } from '../access/service-role';
import type { Variables } from '../access/usable';
import type { TracingSettings } from './tracing-settings';

/**
 * Repository of the image of the collector, the AWS Distro for OpenTelemetry, and the name under which its release is
 * written. docs/operations.md says how it comes into the registry: no task pulls from anywhere else.
 */
export const COLLECTOR_IMAGE = 'trace-collector';

/** The variable from which the collector takes its settings. */
const CONFIG_VARIABLE = 'COLLECTOR_CONFIG';
/** The image has no user of its own, and its files are for everyone; containers beside it run as others. */
const COLLECTOR_USER = '4317:4317';
/** Port of OTLP over HTTP, which every SDK speaks: https://opentelemetry.io/docs/specs/otlp/#otlphttp-default-port */
const OTLP_PORT = 4318;

export interface TracedTask {
  readonly environment: string;
  /** Name of the service, by which X-Ray shows it. */
  readonly name: string;
}

/**
 * What SDKs of OpenTelemetry look for. Sampling is theirs: what is not traced is not even written down. Metrics and logs go
 * other ways, and the collector would refuse them.
 * https://opentelemetry.io/docs/specs/otel/configuration/sdk-environment-variables/
 */
export function tracingVariables({ environment, name }: TracedTask, { samplePercent }: TracingSettings) {
  return {
    OTEL_EXPORTER_OTLP_ENDPOINT: `http://127.0.0.1:${OTLP_PORT}`,
    OTEL_EXPORTER_OTLP_PROTOCOL: 'http/protobuf',
    OTEL_LOGS_EXPORTER: 'none',
    OTEL_METRICS_EXPORTER: 'none',
    OTEL_RESOURCE_ATTRIBUTES: `deployment.environment.name=${environment}`,
    OTEL_SERVICE_NAME: name,
    OTEL_TRACES_EXPORTER: 'otlp',
    OTEL_TRACES_SAMPLER: 'parentbased_traceidratio',
    OTEL_TRACES_SAMPLER_ARG: String(Number((samplePercent / 100).toFixed(6))),
  } satisfies Variables;
}

/** The names of those. */
export const TRACING_VARIABLES = Object.keys(
  tracingVariables({ environment: '', name: '' }, { samplePercent: 5, memoryMiB: 128 }),
);

/** X-Ray knows traces by no ARN: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsx-ray.html */
export function maySendTraces(role: IGrantee): void {
  role.allow('send-traces', [{ Action: 'xray:PutTraceSegments', Resource: '*' }]);
}

export interface TraceCollectorProps {
  /** Image with its digest. */
  readonly image: string;
  readonly tracing: TracingSettings;
  readonly region: string;
  readonly stopTimeoutSeconds: number;
  /** As ECS takes it. */
  readonly logConfiguration: object;
}

/** Beside a program in its task, which sends it traces. A program goes on without it, and ECS starts it again. */
export const traceCollector = (props: TraceCollectorProps) => ({
  name: COLLECTOR_IMAGE,
  image: props.image,
  // traces are worth no outage
  essential: false,
  restartPolicy: { enabled: true, restartAttemptPeriod: 60 },
  command: [`--config=env:${CONFIG_VARIABLE}`],
  user: COLLECTOR_USER,
  readonlyRootFilesystem: true,
  linuxParameters: { initProcessEnabled: true, capabilities: { add: [], drop: ['ALL'] } },
  // it listens to its own task alone
  portMappings: [],
  memory: props.tracing.memoryMiB,
  environment: [
    { name: CONFIG_VARIABLE, value: collectorConfig(props) },
    // collects garbage before it is killed: https://pkg.go.dev/runtime#hdr-Environment_Variables
    { name: 'GOMEMLIMIT', value: `${Math.floor(props.tracing.memoryMiB * 0.8)}MiB` },
  ],
  secrets: [],
  mountPoints: [],
  volumesFrom: [],
  systemControls: [],
  // a program of the image that asks the extension below
  healthCheck: { command: ['CMD', '/healthcheck'], interval: 15, timeout: 5, retries: 3, startPeriod: 10 },
  stopTimeout: props.stopTimeoutSeconds,
  logConfiguration: props.logConfiguration,
});

/** JSON is YAML as well. It writes segments as X-Ray does; the endpoint of X-Ray for OTLP asks for Transaction Search. */
function collectorConfig({ region, tracing: { memoryMiB } }: TraceCollectorProps): string {
  return JSON.stringify({
    extensions: { health_check: {} },
    receivers: { otlp: { protocols: { http: { endpoint: `127.0.0.1:${OTLP_PORT}` } } } },
    processors: {
      // below the limit of the container, so that it refuses traces before it is killed
      memory_limiter: {
        check_interval: '1s',
        limit_mib: Math.floor(memoryMiB * 0.75),
        spike_limit_mib: Math.floor(memoryMiB * 0.2),
      },
      batch: {},
    },
    exporters: { awsxray: { region } },
    service: {
      extensions: ['health_check'],
      pipelines: {
        traces: { receivers: ['otlp'], processors: ['memory_limiter', 'batch'], exporters: ['awsxray'] },
      },
    },
  });
}
