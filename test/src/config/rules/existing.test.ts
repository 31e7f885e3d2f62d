import { environments, sharedWithDelivery as shared } from '../../../fixtures/car-retail';
import { mergeFile } from '../../../../src/config/check';
import { changed, estateOf, problemsOf, stacksOf } from '../../../support/estate';

type Change = Readonly<Record<string, object>>;

const files = (changes: Change) => ({
  shared,
  environments: Object.fromEntries(
    Object.entries(environments).map(([name, file]) => [
      name,
      changed({ blueprint: {}, overrides: mergeFile(file) }, changes[name] ?? {}),
    ]),
  ),
});
const media = (existing: unknown, more: object = {}) => ({ buckets: { media: { existing, ...more } } });
const KEY = 'arn:aws:kms:us-east-1:111111111111:key/01234567-89ab-cdef-0123-456789abcdef';
const CERTIFICATE = 'arn:aws:acm:us-west-2:111111111111:certificate/01234567-89ab-cdef-0123-456789abcdef';
const inPrimary = (settings: object) => ({ regions: { 'us-east-1': settings } });
const PRIVATE = { services: { inventory: { public: null } } };

/** Every import block, by stack. */
const importsOf = (changes: Change, ...scopes: string[]) =>
  Object.fromEntries(
    stacksOf(estateOf(files(changes)), scopes).flatMap(({ id, text }) => {
      const { import: blocks } = JSON.parse(text) as { import?: { to: string; id: string }[] };
      return blocks ? [[id, Object.fromEntries(blocks.map(({ to, id: from }) => [to, from]))]] : [];
    }),
  );

describe('what exists', () => {
  test.each<[string, Change, string]>([
    [
      'in two entries',
      { dev: { buckets: { media: { existing: 'shop' }, other: { existing: { name: 'shop' } } } } },
      'environments/dev.ts: buckets.other.existing.name must not be what buckets.media.existing of dev takes over too, got "shop"; take it out of one of the two',
    ],
    [
      'in two environments',
      { dev: media('shop'), qa: media('shop') },
      'environments/qa.ts: buckets.media.existing must not be what buckets.media.existing of dev takes over too, got "shop"; take it out of one of the two',
    ],
    [
      'as a URL',
      { dev: media('s3://shop') },
      'environments/dev.ts: buckets.media.existing must be the name of a bucket, without s3:// or arn:, got "s3://shop"; write it like \'shop-media\'',
    ],
    [
      'with a part that there is not',
      { dev: media({ name: 'shop', lacks: ['acl'] }) },
      'environments/dev.ts: buckets.media.existing.lacks.0 must be one of encryption, lifecycle, ownership, policy, publicAccessBlock, versioning, got "acl"; choose one of them',
    ],
    [
      'without a domain',
      { beta: { domain: null, zone: { existing: 'Z0123456789' }, ...PRIVATE } },
      'environments/beta.ts: zone must belong to a domain, and the environment has none; set domain, or take it out',
    ],
    [
      'as an alias of a key',
      { dev: inPrimary({ keys: { data: { existing: 'alias/shop' } } }) },
      'environments/dev.ts: regions.us-east-1.keys.data.existing must be the ARN of a KMS key, got "alias/shop"; copy it from AWS, an alias or a name is not enough',
    ],
    [
      'for a key that a new one can take the place of',
      { dev: inPrimary({ keys: { logs: { existing: KEY } } }) },
      'environments/dev.ts: regions.us-east-1.keys.logs must be a setting that exists; there is data, objects, parameters',
    ],
    [
      'in another region',
      { dev: { regions: { 'us-west-2': { keys: { data: { existing: KEY } } } } } },
      `environments/dev.ts: regions.us-west-2.keys.data.existing must lie in the region us-west-2, got "${KEY}"; name one of this region, or say it where it belongs`,
    ],
    [
      'in another account',
      { qa: inPrimary({ keys: { data: { existing: KEY } } }) },
      `environments/qa.ts: regions.us-east-1.keys.data.existing must lie in the account 222222222222, got "${KEY}"; name one of this account, or say it where it belongs`,
    ],
    [
      'for two purposes',
      { dev: inPrimary({ keys: { data: { existing: KEY }, objects: { existing: KEY } } }) },
      `environments/dev.ts: regions.us-east-1.keys.objects.existing must not be what regions.us-east-1.keys.data.existing of dev takes over too, got "${KEY}"; take it out of one of the two`,
    ],
    [
      'where nothing uses it',
      { dev: { regions: { 'us-west-2': { certificate: { existing: CERTIFICATE } } } } },
      'environments/dev.ts: regions.us-west-2.certificate must be used by a public service of the region, and there is none; take it out, or give a service public',
    ],
  ])('is refused %s', (_what, changes, line) => {
    expect(problemsOf(files(changes))).toEqual([line]);
  });

  test('is taken over in the region that it is in', () => {
    const stands = media('shop', { standby: { existing: { name: 'shop-west', lacks: ['policy'] } } });
    const imports = importsOf({ prod: stands }, 'prod');
    expect(imports['prod-us-east-1-workload']).toEqual({
      'aws_s3_bucket.buckets_media': 'shop',
      'aws_s3_bucket_lifecycle_configuration.buckets_media': 'shop',
      'aws_s3_bucket_ownership_controls.buckets_media': 'shop',
      'aws_s3_bucket_policy.buckets_media': 'shop',
      'aws_s3_bucket_public_access_block.buckets_media': 'shop',
      'aws_s3_bucket_server_side_encryption_configuration.buckets_media': 'shop',
      'aws_s3_bucket_versioning.buckets_media': 'shop',
    });
    expect(Object.keys(imports['prod-us-west-2-workload'] ?? {})).toHaveLength(6);
    const made = importsOf({ prod: media('shop', { standby: {} }) }, 'prod');
    expect(Object.keys(made)).toEqual(['prod-us-east-1-workload']);
  });

  test('is taken over at the address that it has come to have', () => {
    const buckets = { media: null, pictures: { existing: 'shop', renamedFrom: 'media' } };
    const services = { inventory: { uses: { buckets: { media: null, pictures: 'read' } } } };
    const imports = importsOf({ dev: { buckets, services } }, 'dev');
    expect(imports['dev-us-east-1-workload']).toHaveProperty(['aws_s3_bucket.buckets_pictures'], 'shop');
  });

  test('is taken over by its id, of the zone, of keys and of the certificate', () => {
    const certificate = { existing: CERTIFICATE.replace('us-west-2', 'us-east-1') };
    const settings = {
      zone: { existing: { id: 'Z0123456789', lacks: ['caa'] } },
      ...inPrimary({ keys: { parameters: { existing: KEY } }, certificate }),
    };
    expect(importsOf({ dev: settings }, 'dev')).toEqual({
      'dev-global-names': { 'aws_route53_zone.zone': 'Z0123456789' },
      'dev-us-east-1-foundation': {
        'aws_kms_key.keys_parameters': '01234567-89ab-cdef-0123-456789abcdef',
      },
      'dev-us-east-1-workload': { 'aws_acm_certificate.certificate': certificate.existing },
    });
  });

  test('can be changed by the pipeline under the name that it has', () => {
    const [delivery] = stacksOf(estateOf(files({ dev: media('shop') })), ['account-111111111111']).filter(
      ({ id }) => id.endsWith('delivery-dev'),
    );
    const others = [...(delivery?.text.match(/arn:aws:s3:::shop[^\\"]*/g) ?? [])];
    expect(others.sort()).toEqual(['arn:aws:s3:::shop', 'arn:aws:s3:::shop/*']);
  });
});
