import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { pipelineRoleArn } from '../../modules/delivery/pipeline-names';
import type { DeliverySettings } from '../../modules/delivery/delivery-settings';
import { globalStateRegion, type Environment, type Estate } from '../config/estate';
import { loadEstate, PROJECT_FOLDER } from '../config/load';
import { InputError } from '../errors';
import { synthesize, type SynthesizedStack } from '../synth';

export interface MatrixOptions {
  readonly example?: string | undefined;
  /** File to write. @default standard output */
  readonly out?: string | undefined;
}

/** What a pipeline has to know of one environment. */
export interface MatrixCell {
  readonly name: string;
  readonly account: string;
  /** Where to ask for credentials: one that outlives the primary. */
  readonly region: string;
  readonly production: boolean;
  /** The environment that comes before it, of the same commit. @default none */
  readonly after?: string;
  /** Users and groups of Jenkins that may approve its plan. */
  readonly approvers: readonly string[];
  /** ARNs. */
  readonly roles: { readonly plan: string; readonly apply: string };
  /** Ids, upstream first. */
  readonly stacks: readonly string[];
}

/** Prints as JSON which environments a pipeline plans and applies, by what is synthesized. */
export async function runMatrix({ example, out }: MatrixOptions): Promise<void> {
  const { estate } = await loadEstate({ example });
  if (!estate.shared?.delivery) throw noDelivery();
  const { stacks } = await synthesize({ example, out: join(PROJECT_FOLDER, '.work', 'matrix') });
  const text = `${JSON.stringify(matrixOf(estate, stacks), undefined, 2)}\n`;
  if (out === undefined) {
    process.stdout.write(text);
    return;
  }
  writeOut(out, text);
}

/** @throws InputError if there is no place for such a file */
export function writeOut(out: string, text: string): void {
  try {
    mkdirSync(dirname(out), { recursive: true });
    writeFileSync(out, text);
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? String(error);
    throw new InputError(
      [`OUT must name a file that can be written, got ${out} (${code}); choose another one`],
      { cause: error },
    );
  }
}

const noDelivery = () =>
  new InputError(['shared.delivery must say who plans and applies, got nothing; see docs/jenkins.md']);

/**
 * @param stacks of everything, upstream first
 * @throws InputError if nobody says who plans and applies
 */
export function matrixOf(
  estate: Estate,
  stacks: readonly Pick<SynthesizedStack, 'id' | 'place'>[],
): readonly MatrixCell[] {
  const delivery = estate.shared?.delivery;
  if (!delivery) throw noDelivery();
  return estate.environments.map((environment) =>
    cellOf(
      environment,
      delivery,
      stacks.filter(({ place }) => place.scope === environment.name).map(({ id }) => id),
    ),
  );
}

function cellOf(
  { name, settings, production }: Environment,
  { approvers, promotion }: DeliverySettings,
  stacks: readonly string[],
): MatrixCell {
  const { account } = settings;
  const after = promotion[name];
  return {
    name,
    account,
    region: globalStateRegion(settings),
    production,
    ...(after !== undefined && { after }),
    approvers: production ? approvers.production : approvers.others,
    roles: {
      plan: pipelineRoleArn(account, name, 'plan'),
      apply: pipelineRoleArn(account, name, 'apply'),
    },
    stacks,
  };
}
