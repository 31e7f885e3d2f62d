/** Where S3 puts into the log bucket what it writes of other buckets. Load balancers have prefixes of their own. */
export const ACCESS_LOGS = 's3-access';
export const INVENTORIES = 's3-inventory';

export const accessLogPrefix = (name: string) => `${ACCESS_LOGS}/${name}/`;
/** S3 adds the bucket, and the name of the inventory. */
export const inventoryPrefix = () => INVENTORIES;
