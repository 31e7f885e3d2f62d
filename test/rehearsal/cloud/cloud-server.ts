import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Cloud } from './cloud';
import { accessKeyOf } from './caller';
import { Exchange, S3_HOST } from './exchange';
import { answerS3 } from './s3/s3-api';
import { answerSsm } from './ssm/ssm-api';
import { answerSts } from './sts/sts-api';

/** S3, STS and SSM on loopback, just large enough for Terraform's backend and for the project's own driver. */
export class CloudServer {
  /** Every request since the start, as method and path: `PUT /bucket/key`. */
  readonly requests: string[] = [];
  /** Called before a request is answered; a test holds it back by not resolving. */
  beforeAnswer: (request: string) => Promise<void> | void = () => undefined;
  private readonly server = createServer((request, response) => void this.receive(request, response));

  constructor(private readonly cloud: Cloud) {}

  async start(): Promise<void> {
    await new Promise<void>((resolve, reject) => {
      this.server.once('error', reject);
      this.server.listen(0, '127.0.0.1', resolve);
    });
  }

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  /** For clients of the AWS SDK, which address a bucket on loopback by its path. */
  clientVariables(account: string): Record<string, string> {
    return {
      ...credentials(account),
      AWS_ENDPOINT_URL_S3: this.url,
      AWS_ENDPOINT_URL_SSM: this.url,
      AWS_ENDPOINT_URL_STS: this.url,
    };
  }

  /** For Terraform, whose backend addresses a bucket by a host name of its own. */
  terraformVariables(account: string): Record<string, string> {
    return {
      ...this.clientVariables(account),
      AWS_ENDPOINT_URL_S3: `http://${S3_HOST}`,
      HTTP_PROXY: this.url,
      http_proxy: this.url,
      NO_PROXY: '',
      no_proxy: '',
    };
  }

  async stop(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }

  private async receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const exchange = new Exchange(request, response, Buffer.concat(chunks));
    const described = `${exchange.method} ${exchange.url.pathname}${exchange.url.search}`;
    this.requests.push(described);
    await this.beforeAnswer(described);
    try {
      this.answer(exchange);
    } catch (error) {
      exchange.send(
        500,
        { 'content-type': 'text/plain' },
        error instanceof Error ? error.message : String(error),
      );
    }
  }

  private answer(exchange: Exchange): void {
    if (exchange.header('x-amz-target')?.startsWith('AmazonSSM.')) answerSsm(exchange, this.cloud.parameters);
    else if (exchange.method === 'POST' && exchange.url.pathname === '/') answerSts(exchange);
    else answerS3(exchange, this.cloud.objects);
  }
}

function credentials(account: string): Record<string, string> {
  return {
    AWS_ACCESS_KEY_ID: accessKeyOf(account),
    AWS_SECRET_ACCESS_KEY: 'stand-in',
    AWS_EC2_METADATA_DISABLED: 'true',
  };
}
