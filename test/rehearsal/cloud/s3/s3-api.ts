import { escapeXml, type Exchange } from '../exchange';
import type { Bucket, ObjectStore } from './object-store';
import { decodeChunked, isChunked } from './aws-chunked';

/** Addresses are `/bucket/key`. */
export function answerS3(exchange: Exchange, store: ObjectStore): void {
  const [bucketName = '', ...rest] = exchange.url.pathname.slice(1).split('/');
  const key = decodeURIComponent(rest.join('/'));
  const setting = BUCKET_SETTINGS.find((name) => exchange.url.searchParams.has(name));
  if (exchange.method === 'PUT' && key === '' && !setting) {
    store.createBucket(bucketName, exchange.caller.region);
    return exchange.empty(200, { location: `/${bucketName}` });
  }
  const bucket = store.bucket(bucketName);
  if (!bucket) return refuse(exchange, 404, 'NoSuchBucket', 'The specified bucket does not exist');
  if (key !== '') return answerObject(exchange, store, bucket, key);
  if (setting) return answerSetting(exchange, bucket, setting);
  if (exchange.method === 'HEAD') return exchange.empty(200, { 'x-amz-bucket-region': bucket.region });
  if (exchange.method === 'GET') return listObjects(exchange, bucket);
  refuse(exchange, 405, 'MethodNotAllowed', 'The specified method is not allowed against this resource.');
}

function answerObject(exchange: Exchange, store: ObjectStore, bucket: Bucket, key: string): void {
  const present = bucket.objects.get(key);
  switch (exchange.method) {
    case 'PUT': {
      const body = isChunked(exchange) ? decodeChunked(exchange.body) : exchange.body;
      const etag = store.put(bucket, key, body, {
        ifNoneMatch: exchange.header('if-none-match'),
        ifMatch: exchange.header('if-match'),
      });
      if (etag !== undefined) return exchange.empty(200, { etag });
      const reason = 'At least one of the pre-conditions you specified did not hold';
      return refuse(exchange, 412, 'PreconditionFailed', reason);
    }
    case 'GET':
    case 'HEAD':
      if (!present) return refuse(exchange, 404, 'NoSuchKey', 'The specified key does not exist.');
      return exchange.send(
        200,
        {
          etag: present.etag,
          'content-type': 'application/json',
          'last-modified': present.modified.toUTCString(),
        },
        present.body,
      );
    case 'DELETE':
      bucket.objects.delete(key);
      return exchange.empty(204);
    default:
      return refuse(exchange, 405, 'MethodNotAllowed', 'The specified method is not allowed.');
  }
}

function listObjects(exchange: Exchange, bucket: Bucket): void {
  const prefix = exchange.url.searchParams.get('prefix') ?? '';
  const keys = [...bucket.objects.keys()].filter((key) => key.startsWith(prefix)).sort();
  const contents = keys.map((key) => {
    const object = bucket.objects.get(key);
    const facts = `<Size>${object?.body.length}</Size><ETag>${escapeXml(object?.etag ?? '')}</ETag>`;
    const modified = `<LastModified>${object?.modified.toISOString()}</LastModified>`;
    return `<Contents><Key>${escapeXml(key)}</Key>${modified}${facts}</Contents>`;
  });
  exchange.xml(
    200,
    `<ListBucketResult><Name>${bucket.name}</Name><Prefix>${escapeXml(prefix)}</Prefix>` +
      `<KeyCount>${keys.length}</KeyCount><MaxKeys>1000</MaxKeys><IsTruncated>false</IsTruncated>` +
      `${contents.join('')}</ListBucketResult>`,
  );
}

const BUCKET_SETTINGS = [
  'versioning',
  'encryption',
  'publicAccessBlock',
  'policy',
  'lifecycle',
  'location',
  'tagging',
];

/** Settings are kept as they were put; what was never put is answered as a fresh bucket would. */
function answerSetting(exchange: Exchange, bucket: Bucket, setting: string): void {
  if (exchange.method === 'PUT') {
    bucket.settings.set(setting, exchange.body.toString('utf8'));
    return exchange.empty(200);
  }
  if (exchange.method === 'DELETE') {
    bucket.settings.delete(setting);
    return exchange.empty(204);
  }
  const present = bucket.settings.get(setting);
  if (present !== undefined) {
    return exchange.send(200, { 'content-type': 'application/xml' }, present);
  }
  if (setting === 'versioning') return exchange.xml(200, '<VersioningConfiguration/>');
  if (setting === 'location') {
    return exchange.xml(200, `<LocationConstraint>${bucket.region}</LocationConstraint>`);
  }
  const codes: Record<string, string> = {
    encryption: 'ServerSideEncryptionConfigurationNotFoundError',
    publicAccessBlock: 'NoSuchPublicAccessBlockConfiguration',
    policy: 'NoSuchBucketPolicy',
    lifecycle: 'NoSuchLifecycleConfiguration',
    tagging: 'NoSuchTagSet',
  };
  refuse(exchange, 404, codes[setting] ?? 'NotFound', `The bucket has no ${setting}`);
}

function refuse(exchange: Exchange, status: number, code: string, message: string): void {
  exchange.xml(status, `<Error><Code>${code}</Code><Message>${message}</Message></Error>`);
}
