import { Construct } from 'constructs';
import { serviceNames } from '../../../modules/compute/service-names';
import { Naming } from '../../../modules/naming/naming';
import { ImageRepository, type ImageRepositoryProps } from '../../../modules/registry/image-repository';
import { expiredImages, type StoredImage } from '../../support/ecr-lifecycle';
import { isAllowed } from '../../support/iam';
import { synth } from '../../support/harness';
import { resolved } from '../../support/resolved';
import { statementsOf } from '../../support/statements';

const KEY = { arn: 'arn:aws:kms:us-east-1:111122223333:key/1', grantDecrypt: () => undefined };
const AT = 'repositories_inventory';

const synthRepository = (change: Partial<ImageRepositoryProps> = {}) =>
  synth(
    (stack) =>
      void new ImageRepository(new Construct(stack, 'Repositories'), 'inventory', {
        name: 'inventory',
        key: KEY,
        pullers: [{ account: '444455556666', environment: 'prod' }],
        protection: true,
        ...change,
      }),
  );

const policyOf = (pullers: ImageRepositoryProps['pullers']) =>
  statementsOf(synthRepository({ pullers }).at(`aws_ecr_repository_policy.${AT}`)['policy']);

describe('a repository of images', () => {
  test('is exactly this', () => {
    expect(synthRepository().addresses).toEqual([
      `aws_ecr_lifecycle_policy.${AT}`,
      `aws_ecr_repository.${AT}`,
      `aws_ecr_repository_policy.${AT}`,
    ]);
  });

  test('has immutable tags, scans what comes and encrypts it with the key for images', () => {
    expect(synthRepository().at(`aws_ecr_repository.${AT}`)).toMatchObject({
      name: 'inventory',
      image_tag_mutability: 'IMMUTABLE',
      image_scanning_configuration: { scan_on_push: true },
      encryption_configuration: [{ encryption_type: 'KMS', kms_key: KEY.arn }],
    });
  });

  test.each([true, false])(
    'refuses to be deleted, or goes with all images, by protection %s',
    (protection) => {
      expect(synthRepository({ protection }).at(`aws_ecr_repository.${AT}`)).toMatchObject({
        force_delete: !protection,
        lifecycle: { prevent_destroy: protection },
      });
    },
  );

  test('forgets images without a tag after a month, and no others', () => {
    const { repository, policy } = synthRepository().at(`aws_ecr_lifecycle_policy.${AT}`);
    expect(repository).toBe(`\${aws_ecr_repository.${AT}.name}`);
    expect(JSON.parse(String(policy))).toEqual({
      rules: [
        {
          rulePriority: 1,
          description: 'Images without a tag expire after 30 days',
          selection: {
            tagStatus: 'untagged',
            countType: 'sinceImagePushed',
            countUnit: 'days',
            countNumber: 30,
          },
          action: { type: 'expire' },
        },
      ],
    });
  });

  test('tells its URL', () => {
    const props = { name: 'inventory', key: KEY, pullers: [], protection: true };
    expect(resolved((stack) => new ImageRepository(stack, 'inventory', props).url)).toBe(
      '${aws_ecr_repository.inventory.repository_url}',
    );
  });
});

describe('what a repository forgets', () => {
  const image = (digest: string, daysSincePush: number, tags: string[] = [], platforms: string[] = []) => ({
    digest,
    daysSincePush,
    tags,
    platforms,
  });
  const rule = (rulePriority: number, tagPrefixList: string[]) => ({
    rulePriority,
    selection: { tagStatus: 'tagged', tagPrefixList, countType: 'imageCountMoreThan', countNumber: 1 },
    action: { type: 'expire' },
  });

  // the examples of https://docs.aws.amazon.com/AmazonECR/latest/userguide/lifecycle_policy_examples.html
  test.each<[string, object[], StoredImage[], string[]]>([
    [
      'a rule takes nothing that one before it keeps',
      [rule(1, ['prod']), rule(2, ['beta'])],
      [image('A', 10, ['beta-1', 'prod-1']), image('B', 9, ['beta-2', 'prod-2']), image('C', 8, ['beta-3'])],
      ['A'],
    ],
    [
      'several prefixes have to fit all',
      [rule(1, ['alpha', 'beta'])],
      [
        image('A', 12, ['alpha-1']),
        image('B', 11, ['beta-1']),
        image('C', 10, ['alpha-2', 'beta-2']),
        image('D', 9, ['alpha-3', 'beta-3']),
      ],
      ['C'],
    ],
  ])('is told as AWS does: %s', (_what, rules, images, expired) => {
    expect(expiredImages(JSON.stringify({ rules }), images)).toEqual(expired);
  });

  test('is no version with a tag, however old and however many there are, nor a part of one', () => {
    const { policy } = synthRepository().at(`aws_ecr_lifecycle_policy.${AT}`);
    const released = Array.from({ length: 2000 }, (_, age) =>
      image(`released-${age}`, age, [['1.0.', 'v', 'sha-', 'prod-', ''][age % 5] + String(age)]),
    );
    const images = [
      ...released,
      image('several-platforms', 900, ['2.0'], ['arm64', 'amd64']),
      image('arm64', 900),
      image('amd64', 900),
      image('pushed-a-month-ago', 30),
      image('pushed-before', 31),
    ];
    expect(expiredImages(String(policy), images)).toEqual(['pushed-before']);
  });
});

describe('who may pull', () => {
  test('is whoever starts tasks of the environments that run the image', () => {
    expect(
      policyOf([
        { account: '222222222222', environment: 'beta' },
        { account: '333333333333', environment: 'dev' },
        { account: '333333333333', environment: 'qa' },
      ]),
    ).toEqual([
      {
        Sid: 'PullByEnvironments',
        Effect: 'Allow',
        Principal: { AWS: ['arn:aws:iam::222222222222:root', 'arn:aws:iam::333333333333:root'] },
        Action: ['ecr:BatchCheckLayerAvailability', 'ecr:BatchGetImage', 'ecr:GetDownloadUrlForLayer'],
        Condition: {
          ArnLike: {
            'aws:PrincipalArn': [
              'arn:aws:iam::222222222222:role/beta-*-execution-*',
              'arn:aws:iam::333333333333:role/dev-*-execution-*',
              'arn:aws:iam::333333333333:role/qa-*-execution-*',
            ],
          },
        },
      },
    ]);
  });

  test('is found by the names that services give these roles, and not by those of their programs', () => {
    const [statement] = policyOf([{ account: '444455556666', environment: 'prod' }]);
    const { ArnLike } = statement?.['Condition'] as { ArnLike: Record<string, [string]> };
    const pattern = new RegExp(`^${ArnLike['aws:PrincipalArn']?.[0]?.replaceAll('*', '.*') ?? ''}$`);
    const { executionRole, taskRole } = serviceNames(
      new Naming({ environment: 'prod', account: '444455556666', region: 'us-west-2' }),
      'inventory',
    );
    expect(`arn:aws:iam::444455556666:role/${executionRole}`).toMatch(pattern);
    expect(`arn:aws:iam::444455556666:role/${taskRole}`).not.toMatch(pattern);
    expect(`arn:aws:iam::444455556666:role/dev-inventory-execution-us-west-2`).not.toMatch(pattern);
  });

  test('is nobody else, and nobody may do more', () => {
    const policy = String(synthRepository().at(`aws_ecr_repository_policy.${AT}`)['policy']);
    // a repository's policy speaks of the repository that it is on
    const onIt = policy.replaceAll('"Effect":', '"Resource":"*","Effect":');
    const may = (role: string, action = 'ecr:BatchGetImage') =>
      isAllowed([onIt], {
        action,
        context: { 'aws:PrincipalArn': `arn:aws:iam::444455556666:role/${role}` },
      });
    expect(may('prod-inventory-execution-us-east-1')).toBe(true);
    for (const role of ['dev-inventory-execution-us-east-1', 'prod-inventory-task-us-east-1', 'somebody'])
      expect(may(role), role).toBe(false);
    for (const action of ['ecr:PutImage', 'ecr:BatchDeleteImage', 'ecr:SetRepositoryPolicy'])
      expect(may('prod-inventory-execution-us-east-1', action), action).toBe(false);
  });

  test('is nobody, by no policy, where nothing runs the image', () => {
    expect(synthRepository({ pullers: [] }).addresses).toEqual([
      `aws_ecr_lifecycle_policy.${AT}`,
      `aws_ecr_repository.${AT}`,
    ]);
  });
});
