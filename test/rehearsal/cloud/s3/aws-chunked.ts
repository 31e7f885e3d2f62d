import type { Exchange } from '../exchange';

/** AWS clients may frame a body so that they can sign it, or add a checksum, while it is being sent. */
export function isChunked(exchange: Exchange): boolean {
  const encoding = exchange.header('content-encoding') ?? '';
  const content = exchange.header('x-amz-content-sha256') ?? '';
  return encoding.includes('aws-chunked') || content.startsWith('STREAMING-');
}

/** Frames are `hex size;signature CRLF data CRLF`; the last is empty and trailers follow it. */
export function decodeChunked(framed: Buffer): Buffer {
  const parts: Buffer[] = [];
  let position = 0;
  for (;;) {
    const lineEnd = framed.indexOf('\r\n', position);
    const size = lineEnd < 0 ? 0 : Number.parseInt(framed.toString('latin1', position, lineEnd), 16);
    if (!size) return Buffer.concat(parts);
    const start = lineEnd + 2;
    parts.push(framed.subarray(start, start + size));
    position = start + size + 2;
  }
}
