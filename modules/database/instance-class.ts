/**
 * Classes that Aurora MySQL 3 runs with Performance Insights, which db.t3 lacks.
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/Concepts.DBInstanceClass.SupportAurora.html
 */
export const INSTANCE_CLASS =
  /^db\.(?:t4g\.(?:medium|large)|(?:r(?:[5-9]|\d\d)[a-z]*|x2g)\.(?:large|\d*xlarge))$/;

/** Whether it lends CPU, and is none of those that a global database runs on. */
export const isBurstable = (instanceClass: string) => instanceClass.startsWith('db.t');

/** @param instanceClass one that INSTANCE_CLASS matches */
export function memoryGiB(instanceClass: string): number {
  const [, family = '', size = ''] = instanceClass.split('.');
  if (family.startsWith('t')) return size === 'medium' ? 4 : 8;
  const larges = size === 'large' ? 1 : 2 * Number(size.replace('xlarge', '') || 1);
  return larges * (family.startsWith('x') ? 32 : 16);
}

/**
 * Connections that Aurora takes unless the parameter max_connections says otherwise: its formula over the
 * memory that is left of the class.
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/AuroraMySQL.Managing.Performance.html#AuroraMySQL.Managing.MaxConnections
 */
export function defaultMaxConnections(instanceClass: string): number {
  const memory = memoryGiB(instanceClass);
  return Math.floor(isBurstable(instanceClass) ? 45 * Math.log2(memory) : 1000 * Math.log2(memory / 8));
}
