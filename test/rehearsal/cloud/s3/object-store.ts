import { createHash } from 'node:crypto';

export interface StoredObject {
  readonly body: Buffer;
  readonly etag: string;
  readonly modified: Date;
}

export interface Bucket {
  readonly name: string;
  readonly region: string;
  readonly objects: Map<string, StoredObject>;
  /** Versioning, encryption and the like, as the XML that was put. */
  readonly settings: Map<string, string>;
}

/** What a put may ask for: that nothing is there (`*`), or exactly this. */
export interface PutCondition {
  readonly ifNoneMatch?: string | undefined;
  readonly ifMatch?: string | undefined;
}

export class ObjectStore {
  private readonly buckets = new Map<string, Bucket>();

  createBucket(name: string, region = 'us-east-1'): Bucket {
    const present = this.buckets.get(name);
    if (present) return present;
    const bucket: Bucket = { name, region, objects: new Map(), settings: new Map() };
    this.buckets.set(name, bucket);
    return bucket;
  }

  deleteBucket(name: string): void {
    this.buckets.delete(name);
  }

  bucket(name: string): Bucket | undefined {
    return this.buckets.get(name);
  }

  /** The object's new entity tag, or undefined when the condition does not hold. */
  put(bucket: Bucket, key: string, body: Buffer, condition: PutCondition = {}): string | undefined {
    const present = bucket.objects.get(key);
    if (condition.ifNoneMatch === '*' && present) return undefined;
    if (condition.ifMatch !== undefined && condition.ifMatch !== present?.etag) return undefined;
    const etag = `"${createHash('md5').update(body).digest('hex')}"`;
    bucket.objects.set(key, { body, etag, modified: new Date() });
    return etag;
  }

  /** Every object of every bucket, by `bucket/key`. */
  all(): Map<string, string> {
    const found = new Map<string, string>();
    for (const bucket of this.buckets.values()) {
      for (const [key, object] of bucket.objects) {
        found.set(`${bucket.name}/${key}`, object.body.toString('utf8'));
      }
    }
    return found;
  }
}
