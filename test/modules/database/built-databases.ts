import { TerraformOutput } from 'cdktf';
import { Construct } from 'constructs';
import type { IDatabase } from '../../../modules/database/database';
import type { Foundation } from '../../../modules/foundation/foundation';
import {
  synthesize,
  TestClient,
  testApp,
  testFoundation,
  testStack,
  type Synthesized,
} from '../../support/harness';

/** What can be said of databases under test, whatever their engine. */
export interface BuiltWith<Settings, Props> {
  /** @default nothing besides the minimal ones of the engine */
  readonly settings?: Partial<Settings>;
  readonly props?: Partial<Props>;
  readonly foundation?: Partial<Foundation>;
  /** Clients that use the databases. @default none */
  readonly clients?: readonly string[];
}

/** Builds databases as the workload stack does, and tells what clients get in an output `<database>-for-<client>`. */
export function synthDatabases(
  { foundation: change, clients: named = [] }: BuiltWith<unknown, unknown>,
  names: readonly string[],
  make: (scope: Construct, name: string, foundation: Foundation) => IDatabase,
): Synthesized {
  const app = testApp();
  const foundation = testFoundation(app, change);
  const stack = testStack(app);
  const databases = new Construct(stack, 'Databases');
  const clients = named.map((name) => new TestClient(stack, name, foundation.network.vpcId));
  for (const name of names) {
    const database = make(databases, name, foundation);
    new TerraformOutput(stack, `master-of-${name}`, { value: database.masterSecretArn ?? 'none' });
    for (const client of clients) {
      new TerraformOutput(stack, `${name}-for-${client.name}`, { value: database.letUse(client) });
    }
  }
  return synthesize(stack);
}
