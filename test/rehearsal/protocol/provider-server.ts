import {
  type handleBidiStreamingCall,
  type handleServerStreamingCall,
  type handleUnaryCall,
  type sendUnaryData,
  Server,
  ServerCredentials,
  type ServerUnaryCall,
  type ServiceDefinition,
  status,
  type UntypedServiceImplementation,
} from '@grpc/grpc-js';
import { decodeMessage, encodeMessage, PROVIDER_CALLS, type ProviderCall } from './messages';
import type { CallRequest } from './requests';

/**
 * Answers one call. The connection tells provider configurations apart: Terraform opens one for every alias,
 * and sends the configuration once over each.
 */
export type CallHandler = (
  call: ProviderCall,
  request: CallRequest,
  connection: string,
) => object | Promise<object>;

const LOOPBACK = '127.0.0.1';

/** Serves a provider to Terraform processes that reattach to it instead of starting its binary. */
export class ProviderServer {
  private readonly server = new Server({
    'grpc.max_receive_message_length': -1,
    'grpc.max_send_message_length': -1,
  });
  private port = 0;

  constructor(
    private readonly source: string,
    handler: CallHandler,
  ) {
    this.server.addService(...providerService(handler));
    for (const [definition, implementation] of pluginServices())
      this.server.addService(definition, implementation);
  }

  async start(): Promise<void> {
    this.port = await new Promise<number>((resolve, reject) => {
      this.server.bindAsync(`${LOOPBACK}:0`, ServerCredentials.createInsecure(), (error, port) =>
        error ? reject(error) : resolve(port),
      );
    });
  }

  /** The value of TF_REATTACH_PROVIDERS. A socket file would not do: it shows no address per connection. */
  get reattach(): string {
    return JSON.stringify({
      [this.source]: {
        Protocol: 'grpc',
        ProtocolVersion: 5,
        Pid: process.pid,
        Test: true,
        Addr: { Network: 'tcp', String: `${LOOPBACK}:${this.port}` },
      },
    });
  }

  stop(): void {
    this.server.forceShutdown();
  }
}

type Service = readonly [ServiceDefinition, UntypedServiceImplementation];

function methodDefinition(service: string, method: string, request: string, response: string, streams = '') {
  return {
    path: `/${service}/${method}`,
    requestStream: streams.includes('request'),
    responseStream: streams.includes('response'),
    requestSerialize: (message: object) => encodeMessage(request, message),
    requestDeserialize: (bytes: Buffer) => decodeMessage(request, bytes),
    // An answer that never changes, like the schema, comes ready as bytes.
    responseSerialize: (message: object) =>
      Buffer.isBuffer(message) ? message : encodeMessage(response, message),
    responseDeserialize: (bytes: Buffer) => decodeMessage(response, bytes),
  };
}

function providerService(handler: CallHandler): Service {
  const definition: Record<string, ReturnType<typeof methodDefinition>> = {};
  const implementation: UntypedServiceImplementation = {};
  for (const [name, [request, response]] of Object.entries(PROVIDER_CALLS)) {
    definition[name] = methodDefinition('tfplugin5.Provider', name, request, response);
    const respond = async (
      call: ServerUnaryCall<CallRequest, object>,
      callback: sendUnaryData<object>,
    ): Promise<void> => {
      try {
        callback(null, await handler(name as ProviderCall, call.request, call.getPeer()));
      } catch (error) {
        const details = error instanceof Error ? (error.stack ?? error.message) : String(error);
        callback({ code: status.INTERNAL, details: `the stand-in failed at ${name}: ${details}` });
      }
    };
    const answer: handleUnaryCall<CallRequest, object> = (call, callback) => void respond(call, callback);
    implementation[name] = answer;
  }
  return [definition, implementation];
}

/** What the plugin library expects beside the provider: a health check, a way to stop, and two open streams. */
function pluginServices(): Service[] {
  const healthy: handleUnaryCall<object, object> = (_call, callback) => callback(null, { status: 1 });
  const done: handleUnaryCall<object, object> = (_call, callback) => callback(null, {});
  const broker: handleBidiStreamingCall<object, object> = (call) => {
    call.on('data', () => undefined);
    call.on('end', () => call.end());
  };
  const output: handleServerStreamingCall<object, object> = () => undefined;
  return [
    [
      { Check: methodDefinition('grpc.health.v1.Health', 'Check', 'Empty', 'HealthResponse') },
      { Check: healthy },
    ],
    [
      { Shutdown: methodDefinition('plugin.GRPCController', 'Shutdown', 'Empty', 'Empty') },
      { Shutdown: done },
    ],
    [
      {
        StartStream: methodDefinition(
          'plugin.GRPCBroker',
          'StartStream',
          'Empty',
          'Empty',
          'request response',
        ),
      },
      { StartStream: broker },
    ],
    [
      { StreamStdio: methodDefinition('plugin.GRPCStdio', 'StreamStdio', 'Empty', 'Empty', 'response') },
      { StreamStdio: output },
    ],
  ];
}
