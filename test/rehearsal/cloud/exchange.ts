import type { IncomingMessage, ServerResponse } from 'node:http';
import { type Caller, callerOf } from './caller';

/** One request with its body, and the ways to answer it. */
export class Exchange {
  readonly method: string;
  readonly url: URL;
  readonly caller: Caller;

  constructor(
    private readonly request: IncomingMessage,
    private readonly response: ServerResponse,
    readonly body: Buffer,
  ) {
    this.method = request.method ?? 'GET';
    this.url = pathStyle(new URL(request.url ?? '/', 'http://loopback'));
    this.caller = callerOf(request.headers);
  }

  header(name: string): string | undefined {
    const value = this.request.headers[name];
    return Array.isArray(value) ? value.join(',') : value;
  }

  empty(status: number, headers: Record<string, string> = {}): void {
    this.send(status, headers, undefined);
  }

  json(status: number, value: object): void {
    this.send(status, { 'content-type': 'application/x-amz-json-1.1' }, JSON.stringify(value));
  }

  xml(status: number, text: string): void {
    const body = `<?xml version="1.0" encoding="UTF-8"?>\n${text}`;
    this.send(status, { 'content-type': 'application/xml' }, body);
  }

  send(status: number, headers: Record<string, string>, body: Buffer | string | undefined): void {
    this.response.writeHead(status, {
      'x-amzn-requestid': 'stand-in',
      ...(body !== undefined && { 'content-length': String(Buffer.byteLength(body)) }),
      ...headers,
    });
    this.response.end(this.method === 'HEAD' ? undefined : body);
  }
}

/**
 * Terraform puts the bucket into the host's name, which resolves nowhere: it sends such requests to this server as
 * its proxy. Here they become what the address of a bucket on loopback would be.
 */
export const S3_HOST = 's3.stand-in.test';

function pathStyle(url: URL): URL {
  if (!url.hostname.endsWith(`.${S3_HOST}`)) return url;
  const bucket = url.hostname.slice(0, -S3_HOST.length - 1);
  return new URL(`/${bucket}${url.pathname}${url.search}`, 'http://loopback');
}

export function escapeXml(text: string): string {
  return text.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;');
}
