import { createHash } from 'node:crypto';
import { DEFAULT_ACCOUNT } from './cloud/caller';

export type Json = null | boolean | number | string | Json[] | JsonObject;
export interface JsonObject {
  [name: string]: Json;
}

export interface BackendAddress {
  readonly bucket: string;
  readonly key: string;
}

/** Stands in for local files, so that every state of a rehearsal is found in one place. */
const LOCAL_STATES = 'local-states';

/** A stack's `cdk.tf.json`, in which states that were to be local files are in S3 with the others. Nothing else is changed. */
export class StackDocument {
  readonly backend: BackendAddress;
  /** The account that the stack expects: its backend's or its provider's guard. */
  readonly account: string;

  constructor(
    readonly root: JsonObject,
    stackId: string,
  ) {
    this.account = this.expectedAccount();
    this.backend = this.keepStateInS3(stackId);
    for (const remote of Object.values(objectAt(root, 'data', 'terraform_remote_state'))) {
      if (isObject(remote)) keepRemoteStateInS3(remote);
    }
  }

  static parse(text: string, stackId: string): StackDocument {
    return new StackDocument(JSON.parse(text) as JsonObject, stackId);
  }

  get text(): string {
    return JSON.stringify(this.root, null, 2);
  }

  private expectedAccount(): string {
    const backends = objectsIn(this.root['terraform']).flatMap((block) =>
      objectsIn(objectAt(block, 'backend')['s3']),
    );
    const providers = objectsIn(objectAt(this.root, 'provider')['aws']);
    for (const block of [...backends, ...providers]) {
      const allowed = block['allowed_account_ids'];
      if (Array.isArray(allowed) && typeof allowed[0] === 'string') return allowed[0];
    }
    return DEFAULT_ACCOUNT;
  }

  private keepStateInS3(stackId: string): BackendAddress {
    const blocks = objectsIn(this.root['terraform']);
    for (const block of blocks) {
      const backend = objectAt(block, 'backend');
      const s3 = objectsIn(backend['s3'])[0];
      if (s3) {
        return { bucket: textAt(s3, 'bucket'), key: textAt(s3, 'key') };
      }
      const local = objectsIn(backend['local'])[0];
      if (local) {
        const address = localAddress(textAt(local, 'path') || `${stackId}.tfstate`);
        block['backend'] = { s3: s3Settings(address) };
        return address;
      }
    }
    const address = localAddress(`${stackId}.tfstate`);
    const added: JsonObject = { backend: { s3: s3Settings(address) } };
    this.root['terraform'] = [...blocks, added];
    return address;
  }
}

function keepRemoteStateInS3(remote: JsonObject): void {
  if (remote['backend'] === 'local') {
    const path = textAt(objectAt(remote, 'config'), 'path');
    remote['backend'] = 's3';
    remote['config'] = s3Settings(localAddress(path));
  }
}

/** Two stacks may keep files of one name in two folders. */
function localAddress(path: string): BackendAddress {
  const digest = createHash('sha256').update(path).digest('hex').slice(0, 8);
  return { bucket: LOCAL_STATES, key: `${digest}/${path.split('/').at(-1) ?? ''}` };
}

function s3Settings(address: BackendAddress): JsonObject {
  return { ...address, region: 'us-east-1', use_lockfile: true };
}

function textAt(object: JsonObject, name: string): string {
  const value = object[name];
  return typeof value === 'string' ? value : '';
}

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Terraform takes one block as an object or as a list of one. */
export function objectsIn(value: Json | undefined): JsonObject[] {
  return (Array.isArray(value) ? value : [value]).filter(isObject);
}

/** The object at a path; where there is none, an empty one that belongs to nobody. */
export function objectAt(root: JsonObject, ...path: readonly string[]): JsonObject {
  let current = root;
  for (const name of path) {
    const next = current[name];
    if (!isObject(next)) return {};
    current = next;
  }
  return current;
}
