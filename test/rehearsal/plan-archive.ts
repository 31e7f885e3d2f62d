import { readFileSync } from 'node:fs';
import { inflateRawSync } from 'node:zlib';

const END_OF_DIRECTORY = 0x06054b50;
const DEFLATED = 8;

/**
 * The files inside a saved plan, which is a ZIP archive. Compressed, it would hide a password from whoever
 * searches its bytes. Written by hand since Node has no reader of archives; a plan uses none of the format's
 * extensions.
 */
export function readPlanArchive(file: string): Map<string, Buffer> {
  const archive = readFileSync(file);
  const end = archive.lastIndexOf(littleEndian(END_OF_DIRECTORY));
  if (end < 0) throw new Error(`${file} is not a saved plan`);
  const entries = new Map<string, Buffer>();
  let position = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left -= 1) {
    const method = archive.readUInt16LE(position + 10);
    const size = archive.readUInt32LE(position + 20);
    const nameLength = archive.readUInt16LE(position + 28);
    const extraLength = archive.readUInt16LE(position + 30) + archive.readUInt16LE(position + 32);
    const name = archive.toString('utf8', position + 46, position + 46 + nameLength);
    const local = archive.readUInt32LE(position + 42);
    const start = local + 30 + archive.readUInt16LE(local + 26) + archive.readUInt16LE(local + 28);
    const content = archive.subarray(start, start + size);
    entries.set(name, method === DEFLATED ? inflateRawSync(content) : content);
    position += 46 + nameLength + extraLength;
  }
  return entries;
}

function littleEndian(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
