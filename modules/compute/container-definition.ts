import type { Variables } from '../access/usable';
import type { ContainerSettings } from './container-settings';
import type { ServiceSettings } from './service-settings';
import { literal } from '../settings/literal';
import { COLLECTOR_IMAGE, traceCollector, tracingVariables, type TracedTask } from './trace-collector';
import type { TracingSettings } from './tracing-settings';

export interface ContainerDefinitionProps extends Pick<
  ContainerSettings,
  'environment' | 'user' | 'writablePaths' | 'stopTimeoutSeconds' | 'command'
> {
  /** TCP port that the program listens on. @default it listens on none */
  readonly port?: number | undefined;
  /** By which other services find the port; they speak HTTP on it. @default none does */
  readonly portName?: string | undefined;
  /** @default nothing asks whether it is healthy */
  readonly healthCheck?: ServiceSettings['healthCheck'] | undefined;
  readonly name: string;
  /** Image with its digest. */
  readonly image: string;
  /** Variables by which the program finds what it uses; they may refer to other resources. */
  readonly variables: Variables;
  /** ARNs of parameters or secrets by the name of the variable that each becomes. */
  readonly secrets: Readonly<Record<string, string>>;
  readonly logGroup: string;
  readonly region: string;
  /** The collector beside it. @default it is not traced */
  readonly tracing?: ContainerTracing | undefined;
}

export interface ContainerTracing extends TracedTask {
  /** Image of the collector with its digest. */
  readonly image: string;
  readonly settings: TracingSettings;
}

/** The volumes of a task for the folders that it may write to, in the order of the folders' names. */
export const writableVolumes = (paths: readonly string[]) =>
  [...paths].sort().map((path, index) => ({ name: `writable-${index}`, path }));

/**
 * The container of a task, and beside it what collects its traces, as JSON: no root, no capability, no writable file but in the folders that it
 * asks for. Everything that AWS would add by itself is written down, or each plan would replace the task.
 */
export function containerDefinition(props: ContainerDefinitionProps): string {
  const { name, image, user, command, healthCheck, stopTimeoutSeconds, tracing } = props;
  const variables = { ...(tracing && tracingVariables(tracing, tracing.settings)), ...props.variables };
  return JSON.stringify([
    {
      name,
      image,
      essential: true,
      ...(command && { command: command.map(literal) }),
      user,
      readonlyRootFilesystem: true,
      linuxParameters: {
        // reaps what the program leaves behind, and passes the request to stop on to it
        initProcessEnabled: true,
        capabilities: { add: [], drop: ['ALL'] },
      },
      portMappings: portMappings(props),
      environment: sorted({ ...mapValues(props.environment, literal), ...variables }).map(
        ([variable, value]) => ({ name: variable, value }),
      ),
      secrets: sorted(props.secrets).map(([variable, valueFrom]) => ({ name: variable, valueFrom })),
      mountPoints: writableVolumes(props.writablePaths).map((volume) => ({
        sourceVolume: volume.name,
        containerPath: volume.path,
        readOnly: false,
      })),
      volumesFrom: [],
      systemControls: [],
      ...(healthCheck?.command && {
        healthCheck: {
          command: healthCheck.command.map(literal),
          interval: healthCheck.intervalSeconds,
          timeout: healthCheck.timeoutSeconds,
          retries: healthCheck.failures,
          startPeriod: healthCheck.gracePeriodSeconds,
        },
      }),
      // the collector also ends after it, and so gets its last traces out
      ...(tracing && { dependsOn: [{ containerName: COLLECTOR_IMAGE, condition: 'START' }] }),
      stopTimeout: stopTimeoutSeconds,
      logConfiguration: logConfiguration(props, 'task'),
    },
    ...(tracing
      ? [
          traceCollector({
            ...tracing,
            tracing: tracing.settings,
            region: props.region,
            stopTimeoutSeconds,
            logConfiguration: logConfiguration(props, 'traces'),
          }),
        ]
      : []),
  ]);
}

function portMappings({ port, portName }: ContainerDefinitionProps) {
  if (port === undefined) return [];
  const mapping = { containerPort: port, hostPort: port, protocol: 'tcp' };
  return [portName === undefined ? mapping : { ...mapping, name: portName, appProtocol: 'http' }];
}

function logConfiguration({ logGroup, region }: ContainerDefinitionProps, stream: string) {
  return {
    logDriver: 'awslogs',
    options: {
      'awslogs-group': logGroup,
      'awslogs-region': region,
      'awslogs-stream-prefix': stream,
      // a program must not stand still because its log does; what does not fit is lost
      mode: 'non-blocking',
      'max-buffer-size': '25m',
    },
  };
}

const mapValues = (entries: Readonly<Record<string, string>>, change: (value: string) => string) =>
  Object.fromEntries(Object.entries(entries).map(([key, value]) => [key, change(value)]));

/** In an order that no setting's place in a file changes. */
const sorted = (entries: Readonly<Record<string, string>>) =>
  Object.entries(entries).sort(([a], [b]) => (a < b ? -1 : 1));
