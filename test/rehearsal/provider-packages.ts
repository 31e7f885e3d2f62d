import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';

export const PLATFORMS = ['linux_amd64', 'linux_arm64', 'darwin_amd64', 'darwin_arm64'];

/**
 * Packages of a provider as a registry or a company's mirror has them: they can be installed and locked, and do not run.
 *
 * @param folder becomes a mirror in Terraform's packed layout
 * @param address `registry.terraform.io/hashicorp/aws`
 * @param content tells two packages of one release apart
 */
export function writePackages(folder: string, address: string, version: string, content: string): void {
  mkdirSync(join(folder, address), { recursive: true });
  const name = `terraform-provider-${address.split('/').at(-1)}`;
  for (const platform of PLATFORMS) {
    const program = Buffer.from(`#!/bin/sh\n# ${content}, ${platform}\nexit 1\n`);
    writeFileSync(
      join(folder, address, `${name}_${version}_${platform}.zip`),
      zipOf(`${name}_v${version}_x5`, program),
    );
  }
}

/** An archive of one executable file, not compressed (https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, 4.3). */
function zipOf(name: string, content: Buffer): Buffer {
  const common = Buffer.alloc(26);
  // version 2.0, no flags, stored, 1980-01-01
  common.writeUInt16LE(20, 0);
  common.writeUInt16LE(0x21, 8);
  common.writeUInt32LE(crc32(content), 10);
  common.writeUInt32LE(content.length, 14);
  common.writeUInt32LE(content.length, 18);
  common.writeUInt16LE(name.length, 22);
  const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), common, Buffer.from(name), content]);
  const attributes = Buffer.alloc(14);
  // an executable file of Unix
  attributes.writeUInt32LE(0o100755 * 0x10000, 6);
  const madeBy = Buffer.from([20, 3]);
  const central = Buffer.concat([
    Buffer.from('PK\x01\x02', 'latin1'),
    madeBy,
    common,
    attributes,
    Buffer.from(name),
  ]);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 0, 'latin1');
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(local.length, 16);
  return Buffer.concat([local, central, end]);
}
