import { missingParameters, missingParameterText } from '../terraform/parameters/missing-parameters';
import type { Target } from '../terraform/output/command-text';
import type { ParameterStore } from '../terraform/aws/parameter-store';
import { parametersNeeded } from '../terraform/stacks/stack-config';
import { fault, ok, unlessUnanswered, type Finding } from './finding';
import type { HeldStack } from './held-stack';

export interface Image {
  readonly account: string;
  readonly region: string;
  readonly repository: string;
  readonly digest: string;
}

/** Registries of images, whatever account they are in. */
export interface ImageRegistry {
  has(image: Image): Promise<boolean>;
}

/** Secrets and releases that a plan, or the tasks that it starts, look for. */
export function parameterFindings(
  stacks: readonly HeldStack[],
  parameters: ParameterStore,
  target: Target,
): Promise<readonly Finding[]> {
  const all = stacks.flatMap(({ text, place }) => parametersNeeded(text, place.region));
  const needed = [...new Map(all.map((one) => [`${one.region} ${one.name}`, one])).values()];
  if (needed.length === 0) return Promise.resolve([]);
  return unlessUnanswered(async () => {
    const missing = await missingParameters(parameters, needed);
    const there = needed.length - missing.length;
    return [
      ...(there > 0 ? [ok(`${there} of ${needed.length} parameters for secrets and releases`)] : []),
      ...missing.map((one) => fault(missingParameterText(one, target))),
    ];
  });
}

/** An image in a container definition, its digest in a release parameter: see modules/compute. */
const IMAGE =
  /(\d{12})\.dkr\.ecr\.([\w-]+)\.amazonaws\.com\/([\w./-]+)@\$\{data\.aws_ssm_parameter\.([\w-]+)\.insecure_value\}/g;

export interface ReleasedImage extends Omit<Image, 'digest'> {
  /** The parameter that holds its digest, and where that is. */
  readonly parameter: string;
  readonly parameterRegion: string;
}

export function releasedImages({ text, config, place }: HeldStack): readonly ReleasedImage[] {
  return [...text.matchAll(IMAGE)].flatMap(([, account = '', region = '', repository = '', data = '']) => {
    const block = config.data?.['aws_ssm_parameter']?.[data] as
      { readonly name?: string; readonly region?: string } | undefined;
    return block?.name === undefined
      ? []
      : [
          {
            account,
            region,
            repository,
            parameter: block.name,
            parameterRegion: block.region ?? place.region,
          },
        ];
  });
}

/** A release without an image lets every plan and apply through, and no task start. */
export async function imageFindings(
  stacks: readonly HeldStack[],
  parameters: ParameterStore,
  registry: ImageRegistry,
): Promise<readonly Finding[]> {
  const found = stacks.flatMap(releasedImages).map(({ parameter, parameterRegion, ...image }) =>
    unlessUnanswered(async () => {
      const digest = await parameters.read(parameterRegion, parameter);
      // a release that is missing is said among the parameters
      if (digest === undefined) return [];
      const name = `image ${image.repository}@${digest} in ${image.region}`;
      return [
        (await registry.has({ ...image, digest }))
          ? ok(name)
          : fault(
              `${name} must be in the registry of account ${image.account}, as ${parameter} names it, got none; push it there, or release another one`,
            ),
      ];
    }),
  );
  return (await Promise.all(found)).flat();
}
