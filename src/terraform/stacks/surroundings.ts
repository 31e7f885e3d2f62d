import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { movesPath, PROJECT_FOLDER, type loadEnvironment } from '../../config/load';
import {
  ecrImages,
  iamLinkedRoles,
  publicNames,
  route53Zones,
  serviceQuotas,
} from '../../doctor/aws-adapters';
import type { ImageRegistry } from '../../doctor/images';
import type { LinkedRoles } from '../../doctor/linked-roles';
import type { AccountQuotas } from '../../doctor/quotas';
import type { HostedZones, PublicNames } from '../../doctor/zones';
import type { synthesize, synthesizeBootstrap } from '../../synth';
import { awsAccessInventory } from '../drift/access-inventory';
import { callerAccount, callerIdentity, type CallerAccount, type CallerIdentity } from '../aws/credentials';
import type { AccessInventory } from '../drift/known-access';
import { ssmParameterStore, type ParameterStore } from '../aws/parameter-store';
import { reporterTo, type Reporter } from '../output/reporter';
import { gitRevision, type Revision } from '../plan/revision';
import { ecsTaskRunner } from '../../users/ecs-task-runner';
import type { TaskRunner } from '../../users/task-runner';
import { s3StateStore, type StateStore } from '../state/state-store';
import { PROVIDER_LOCK } from '../binary/workspace';

/** Everything that commands touch outside of themselves; tests and rehearsals bring their own. */
export interface Surroundings {
  /** For Terraform, and to find it. */
  readonly env: NodeJS.ProcessEnv;
  readonly workFolder: string;
  /** The committed lock file of the providers, whether it is there or not. */
  readonly providerLockFile: string;
  readonly reporter: Reporter;
  /** Bytes that new processes can have. */
  readonly availableMemory: () => number;
  readonly now: () => Date;
  /** What is checked out. */
  readonly revision: () => Promise<Revision | undefined>;
  readonly synthesize: typeof synthesize;
  readonly synthesizeBootstrap: typeof synthesizeBootstrap;
  readonly loadEnvironment: typeof loadEnvironment;
  /** Every scope of the files. */
  readonly scopes: (options: { readonly example?: string | undefined }) => Promise<readonly string[]>;
  /** Where moves between stacks are written. */
  readonly movesPath: typeof movesPath;
  readonly callerAccount: CallerAccount;
  readonly callerIdentity: CallerIdentity;
  readonly states: StateStore;
  readonly parameters: ParameterStore;
  readonly access: AccessInventory;
  readonly zones: HostedZones;
  readonly publicNames: PublicNames;
  readonly linkedRoles: LinkedRoles;
  readonly images: ImageRegistry;
  readonly quotas: AccountQuotas;
  readonly tasks: TaskRunner;
  /** @param seconds how long */
  readonly pause: (seconds: number) => Promise<void>;
  readonly input: SecretInput;
}

/** Where a secret is read from; on a terminal, what is typed is not shown. */
export type SecretInput = NodeJS.ReadableStream & {
  readonly isTTY?: boolean;
  setRawMode?(mode: boolean): unknown;
};

export const surroundings = (): Surroundings => ({
  env: process.env,
  workFolder: join(PROJECT_FOLDER, '.work'),
  providerLockFile: join(PROJECT_FOLDER, PROVIDER_LOCK),
  reporter: reporterTo(process.stdout, process.stderr),
  // in a container, what that may have
  availableMemory: () => process.availableMemory(),
  now: () => new Date(),
  revision: gitRevision,
  // only a command that builds stacks loads what builds them
  synthesize: async (options) => (await import('../../synth')).synthesize(options),
  synthesizeBootstrap: async (options) => (await import('../../synth')).synthesizeBootstrap(options),
  loadEnvironment: async (options) => (await import('../../config/load')).loadEnvironment(options),
  scopes: async (options) => {
    const [{ loadEstate }, { scopesOf }] = await Promise.all([
      import('../../config/load'),
      import('../../topology'),
    ]);
    return scopesOf((await loadEstate(options)).estate);
  },
  movesPath,
  callerAccount,
  callerIdentity,
  states: s3StateStore,
  parameters: ssmParameterStore,
  access: awsAccessInventory,
  zones: route53Zones,
  publicNames: publicNames(),
  linkedRoles: iamLinkedRoles,
  images: ecrImages,
  quotas: serviceQuotas,
  tasks: ecsTaskRunner,
  pause: (seconds) => setTimeout(seconds * 1000),
  input: process.stdin,
});
