import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';

/** A call of the SDK, as it comes over the wire. */
export interface AwsRequest {
  readonly method: string;
  /** With its query, less what the SDK adds to name the operation. */
  readonly path: string;
  /** The region that it is signed for. */
  readonly region: string;
  /** Id of the key that signed it. */
  readonly accessKey: string;
  /** Of services that speak JSON: `AmazonSSM.GetParameter`. */
  readonly target: string | undefined;
  readonly body: string;
}

export interface AwsAnswer {
  readonly status?: number;
  readonly body?: string;
}

/** Takes the place of AWS for the tests of a file: the SDK itself runs, and what it sends and gets is known. */
export class AwsServer {
  readonly requests: AwsRequest[] = [];
  answer: (request: AwsRequest) => AwsAnswer = () => ({});
  private readonly server = createServer((incoming, response) => {
    void textOf(incoming).then((body) => {
      const request = { ...headOf(incoming), body };
      this.requests.push(request);
      const { status = 200, body: text = '' } = this.answer(request);
      response.writeHead(status).end(incoming.method === 'HEAD' ? undefined : text);
    });
  });

  /** @param services as the SDK calls them in variables; those of the others go nowhere. @default all */
  constructor(services?: readonly string[]) {
    beforeAll(() => new Promise<void>((resolve) => this.server.listen(0, '127.0.0.1', resolve)));
    afterAll(() => {
      this.server.closeAllConnections();
      this.server.close();
    });
    beforeEach(() => {
      this.requests.length = 0;
      this.answer = () => ({});
      const url = `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
      for (const suffix of services?.map((one) => `_${one}`) ?? [''])
        vi.stubEnv(`AWS_ENDPOINT_URL${suffix}`, url);
      vi.stubEnv('AWS_ACCESS_KEY_ID', 'key');
      vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'secret');
      vi.stubEnv('AWS_PROFILE', undefined);
      vi.stubEnv('AWS_SESSION_TOKEN', undefined);
      vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true');
    });
    afterEach(() => void vi.unstubAllEnvs());
  }
}

async function textOf(incoming: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of incoming) text += String(chunk);
  return text;
}

const headOf = ({ method = '', url = '', headers }: IncomingMessage): Omit<AwsRequest, 'body'> => ({
  method,
  path: url.replace(/[?&]x-id=\w+/, ''),
  region: /\/\d{8}\/([^/]+)\//.exec(headers.authorization ?? '')?.[1] ?? '',
  accessKey: /Credential=([^/]+)/.exec(headers.authorization ?? '')?.[1] ?? '',
  target: headers['x-amz-target'] as string | undefined,
});
