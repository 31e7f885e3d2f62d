import { createHash } from 'node:crypto';
import { RunError } from '../../errors';
import { stateBucketName, stateObjectKey, type StackPlace } from '../../stacks/base-stack';
import { clientSettings } from '../aws/aws-client';
import { awsReason, credentialsError, isMissing } from '../aws/aws-errors';
import { mentioned, stringsIn } from '../plan/plan-effects';
import { isProtected } from '../plan/protection';
import { parseState, type StateResource } from './state-json';

/** Where one state is. */
export interface StateLocation {
  readonly bucket: string;
  readonly key: string;
  readonly region: string;
}

/** What a state says besides the values that it holds: those are never kept. */
export interface StateSummary {
  readonly lineage: string;
  readonly serial: number;
  /** How many resources and data sources it knows. */
  readonly resources: number;
  /** Addresses of the resources. */
  readonly managed: ReadonlySet<string>;
  /** Those of them that AWS refuses to delete. */
  readonly protected: ReadonlySet<string>;
  /** Names, each with a digest of the value. */
  readonly outputs: ReadonlyMap<string, string>;
}

/** The buckets that hold states, as the driver looks into them; Terraform itself writes them. */
export interface StateStore {
  hasBucket(location: Pick<StateLocation, 'bucket' | 'region'>): Promise<boolean>;
  /** Names of all buckets of the account. */
  bucketNames(region: string): Promise<readonly string[]>;
  /** The first thousand keys of a bucket that begin so: a scope has a few states. */
  keys(location: Pick<StateLocation, 'bucket' | 'region'>, prefix: string): Promise<readonly string[]>;
  /** Nothing if there is no such state, or no such bucket. */
  read(location: StateLocation): Promise<StateSummary | undefined>;
  /** A state with all its values, secret ones included, for what looks a few of them up. Nothing if there is none. */
  text(location: StateLocation): Promise<string | undefined>;
  /** Which of these names the resources of a state mention: ids, ARNs, values of outputs. None if there is no state. */
  mentions(location: StateLocation, names: readonly string[]): Promise<ReadonlySet<string>>;
}

export const stateLocation = (place: StackPlace): StateLocation => ({
  bucket: stateBucketName(place),
  key: stateObjectKey(place),
  region: place.region,
});

/** Whether there is anything for a downstream stack to stand on. */
export const isApplied = (state: StateSummary | undefined): boolean =>
  state !== undefined && (state.resources > 0 || state.outputs.size > 0);

export function summarizeState(text: string): StateSummary {
  const state = parseState(text);
  const { resources = [] } = state;
  const managed = resources.filter(({ mode }) => mode === 'managed');
  const addresses = (those: readonly StateResource[]) =>
    new Set(those.map(({ type, name }) => `${type}.${name}`));
  return {
    lineage: state.lineage ?? '',
    serial: state.serial ?? 0,
    resources: resources.length,
    managed: addresses(managed),
    protected: addresses(
      managed.filter(({ instances = [] }) => instances.some(({ attributes }) => isProtected(attributes))),
    ),
    outputs: new Map(Object.entries(state.outputs ?? {}).map(([name, output]) => [name, digest(output)])),
  };
}

const digest = (output: unknown) => createHash('sha256').update(JSON.stringify(output)).digest('hex');

/**
 * What resources hold, and not what was read: the outputs of the stack upstream stand in the state of each reader,
 * used or not.
 */
export function mentionsIn(text: string, names: readonly string[]): ReadonlySet<string> {
  const managed = (parseState(text).resources ?? []).filter(({ mode }) => mode === 'managed');
  const values = managed.flatMap(({ instances = [] }) => instances.map(({ attributes }) => attributes));
  return mentioned(names, stringsIn(values));
}

/** States in S3, with the credentials that Terraform uses. */
export const s3StateStore: StateStore = {
  async hasBucket(location) {
    const { S3Client, HeadBucketCommand } = await import('@aws-sdk/client-s3');
    const client = new S3Client(clientSettings(location.region));
    try {
      await client.send(new HeadBucketCommand({ Bucket: location.bucket }));
      return true;
    } catch (error) {
      if (isMissing(error, 'NoSuchBucket')) return false;
      throw unreadable(location, error);
    } finally {
      client.destroy();
    }
  },

  async bucketNames(region) {
    const { S3Client, ListBucketsCommand } = await import('@aws-sdk/client-s3');
    const client = new S3Client(clientSettings(region));
    try {
      const { Buckets = [] } = await client.send(new ListBucketsCommand({}));
      return Buckets.flatMap(({ Name }) => Name ?? []);
    } catch (error) {
      throw unlistable('the buckets of the account', 's3:ListAllMyBuckets', error);
    } finally {
      client.destroy();
    }
  },

  async keys({ bucket, region }, prefix) {
    const { S3Client, ListObjectsV2Command } = await import('@aws-sdk/client-s3');
    const client = new S3Client(clientSettings(region));
    try {
      const { Contents = [] } = await client.send(
        new ListObjectsV2Command({ Bucket: bucket, Prefix: prefix }),
      );
      return Contents.flatMap(({ Key }) => Key ?? []);
    } catch (error) {
      throw unlistable(`states in ${bucket} in ${region}`, 's3:ListBucket', error);
    } finally {
      client.destroy();
    }
  },

  async read(location) {
    const text = await readText(location);
    return text === undefined ? undefined : summarizeState(text);
  },

  text: readText,

  async mentions(location, names) {
    return mentionsIn((await readText(location)) ?? '{}', names);
  },
};

async function readText(location: StateLocation): Promise<string | undefined> {
  const { S3Client, GetObjectCommand } = await import('@aws-sdk/client-s3');
  const client = new S3Client(clientSettings(location.region));
  try {
    const { Body } = await client.send(new GetObjectCommand({ Bucket: location.bucket, Key: location.key }));
    return (await Body?.transformToString()) ?? '{}';
  } catch (error) {
    if (isMissing(error, 'NoSuchKey', 'NoSuchBucket')) return undefined;
    throw unreadable(location, error);
  } finally {
    client.destroy();
  }
}

function unlistable(what: string, permission: string, error: unknown): RunError {
  return (
    credentialsError(error) ??
    new RunError(`${what} must be listed, got ${awsReason(error)}; check ${permission}, and the network`)
  );
}

function unreadable({ bucket, region }: Pick<StateLocation, 'bucket' | 'region'>, error: unknown): RunError {
  return (
    credentialsError(error) ??
    new RunError(
      `state bucket ${bucket} in ${region} must be readable, got ${awsReason(error)}; check permissions and network, or leave the region out with REGION=`,
    )
  );
}
