import { isBurstable, memoryGiB, mostMemoryGiB, SERVERLESS } from './instance-class';

/** What the number goes by. */
interface Sized {
  readonly instanceClass: string;
  readonly parameters: Readonly<Record<string, string>>;
}

/**
 * Connections that an instance of Aurora takes: the parameter max_connections, or else Aurora's formula over the memory that
 * is left of the class, for serverless over the most that it can have.
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Managing.Performance.html#AuroraMySQL.Managing.MaxConnections
 */
export function auroraMaxConnections({
  instanceClass,
  capacity,
  parameters,
}: Sized & { readonly capacity?: { readonly max: number } | undefined }): number {
  const memory = mostMemoryGiB(instanceClass, capacity);
  const [small, large] = [45 * Math.log2(memory), 1000 * Math.log2(memory / 8)];
  const byClass = isBurstable(instanceClass) ? small : large;
  return said(parameters) ?? Math.floor(instanceClass === SERVERLESS ? Math.max(45, small, large) : byClass);
}

/**
 * The same of RDS MySQL. Its formula is over the memory that RDS leaves to MySQL, which it does not publish: the real
 * number is up to a tenth smaller.
 * https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/CHAP_Limits.html#RDS_Limits.MaxConnections
 */
export const mysqlMaxConnections = ({ instanceClass, parameters }: Sized): number =>
  said(parameters) ?? Math.floor((0.9 * memoryGiB(instanceClass) * 1024 ** 3) / 12_582_880);

/** @returns nothing for a formula, which is not a number: the class then says about as much */
function said(parameters: Sized['parameters']): number | undefined {
  const number = Number(parameters['max_connections']);
  return number > 0 ? number : undefined;
}
