/** Where load balancers write their access logs. */
export interface ILogBucket {
  readonly bucketName: string;
}
