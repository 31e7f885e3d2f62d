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

  test('can be changed by the pipeline under the name that it has', () => {
    const [delivery] = stacksOf(estateOf(files({ dev: media('shop') })), ['account-111111111111']).filter(
      ({ id }) => id.endsWith('delivery-dev'),
    );
    const others = [...(delivery?.text.match(/arn:aws:s3:::shop[^\\"]*/g) ?? [])];
    expect(others.sort()).toEqual(['arn:aws:s3:::shop', 'arn:aws:s3:::shop/*']);
  });
});
