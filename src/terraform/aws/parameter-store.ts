import type * as Ssm from '@aws-sdk/client-ssm';
import { RunError } from '../../errors';
import { clientSettings } from './aws-client';
import { awsReason, credentialsError, errorName, isMissing } from './aws-errors';

export interface ParameterToWrite {
  readonly region: string;
  readonly name: string;
  readonly value: string;
  /** Key or alias that encrypts it. @default not encrypted: for what is no secret */
  readonly keyId?: string;
}

/** What is known of a parameter without its value. */
export interface FoundParameter {
  readonly type: string;
  /** Key or alias that encrypts it, as whoever wrote it has called it. */
  readonly keyId?: string | undefined;
}

/** Parameter Store, as the driver uses it. */
export interface ParameterStore {
  /** Which of these are there. Looks at no value, so that whoever plans need not be able to read secrets. */
  present(region: string, names: readonly string[]): Promise<ReadonlyMap<string, FoundParameter>>;
  /**
   * The value of one that is no secret; nothing if it is not there.
   *
   * @param profile whose credentials, for what is in another account. Default: those of the run
   */
  read(region: string, name: string, profile?: string): Promise<string | undefined>;
  write(parameter: ParameterToWrite): Promise<void>;
}

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_ParameterStringFilter.html */
const NAMES_IN_ONE_FILTER = 50;

export const ssmParameterStore: ParameterStore = {
  present: (region, names) =>
    asking(region, async ({ client, ssm }) => {
      const found = new Map<string, FoundParameter>();
      for (let start = 0; start < names.length; start += NAMES_IN_ONE_FILTER) {
        const filter = {
          Key: 'Name',
          Option: 'Equals',
          Values: names.slice(start, start + NAMES_IN_ONE_FILTER),
        };
        for await (const page of ssm.paginateDescribeParameters(
          { client, pageSize: NAMES_IN_ONE_FILTER },
          { ParameterFilters: [filter] },
        ))
          for (const { Name, Type = '', KeyId } of page.Parameters ?? [])
            if (Name !== undefined) found.set(Name, { type: Type, keyId: KeyId });
      }
      return found;
    }),

  read: (region, name, profile) =>
    asking(
      region,
      async ({ client, ssm }) => {
        try {
          const { Parameter } = await client.send(new ssm.GetParameterCommand({ Name: name }));
          return Parameter?.Value;
        } catch (error) {
          if (isMissing(error, 'ParameterNotFound')) return undefined;
          throw error;
        }
      },
      profile,
    ),

  write: ({ region, name, value, keyId }) =>
    asking(region, async ({ client, ssm }) => {
      await client.send(
        new ssm.PutParameterCommand({
          Name: name,
          Value: value,
          Overwrite: true,
          ...(keyId === undefined ? { Type: 'String' } : { Type: 'SecureString', KeyId: keyId }),
        }),
      );
    }),
};

interface Asking {
  readonly ssm: typeof Ssm;
  readonly client: Ssm.SSMClient;
}

async function asking<T>(region: string, ask: (asking: Asking) => Promise<T>, profile?: string): Promise<T> {
  const ssm = await import('@aws-sdk/client-ssm');
  const client = new ssm.SSMClient(clientSettings(region, profile));
  try {
    return await ask({ ssm, client });
  } catch (error) {
    throw (
      credentialsError(error) ??
      (errorName(error) === 'InvalidKeyId'
        ? new RunError(
            `the key for parameters must be in ${region}, got none; apply the foundation there first`,
          )
        : new RunError(
            `Parameter Store in ${region} must answer, got ${awsReason(error)}; check permissions and network`,
          ))
    );
  } finally {
    client.destroy();
  }
}
