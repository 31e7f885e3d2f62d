import type { EcsServiceServiceConnectConfiguration } from '@cdktf/provider-aws/lib/ecs-service';
import { variableName, type Variables } from '../access/usable';
import { literal } from '../settings/literal';
import type { ICallCertificates } from './call-certificates';

/** Name of the port in a task definition by which Service Connect knows it. */
export const PORT_NAME = 'main';

/** What callers call a service, only inside of their own tasks: no zone holds it. */
const hostOf = (name: string) => `${name}.internal`;

/** The variables by which a caller finds a service. */
export function serviceVariables(name: string, port: number): Variables {
  const host = hostOf(name);
  return {
    [variableName('SERVICE', name, 'HOST')]: host,
    [variableName('SERVICE', name, 'PORT')]: String(port),
    [variableName('SERVICE', name, 'URL')]: literal(`http://${host}:${port}`),
  };
}

export interface ServiceCallsProps {
  /** ARN of the namespace in which services find each other. */
  readonly namespace: string;
  /** Name of the service in the settings. */
  readonly name: string;
  /** Port that others call. @default none does */
  readonly port?: number | undefined;
  /** Log of the service; that of its proxy stands beside it. */
  readonly logGroup: string;
  readonly region: string;
  /** What answers calls by TLS. @default calls are not encrypted */
  readonly certificates?: ICallCertificates | undefined;
}

/**
 * A proxy beside each task knows where tasks of other services are, leaves out those that fail, and tries once more.
 * It takes about 256 CPU units and 64 MiB of the task.
 */
export const serviceConnect = ({
  namespace,
  name,
  port,
  logGroup,
  region,
  certificates,
}: ServiceCallsProps): EcsServiceServiceConnectConfiguration => ({
  enabled: true,
  namespace,
  ...(port !== undefined && {
    service: [
      {
        portName: PORT_NAME,
        discoveryName: name,
        clientAlias: { dnsName: hostOf(name), port },
        ...(certificates && {
          tls: {
            issuerCertAuthority: { awsPcaAuthorityArn: certificates.authorityArn },
            roleArn: certificates.roleArn,
          },
        }),
      },
    ],
  }),
  logConfiguration: {
    logDriver: 'awslogs',
    options: { 'awslogs-group': logGroup, 'awslogs-region': region, 'awslogs-stream-prefix': 'proxy' },
  },
});
