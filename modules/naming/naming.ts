/** Where a thing stands: its names are made of this. */
export interface Place {
  /** Name of the environment, or of another scope such as `shared`. */
  readonly environment: string;
  /** Twelve digits. */
  readonly account: string;
  readonly region: string;
}

/**
 * Physical names, the same for the same thing everywhere. What is unique within an account and region is
 * named `<environment>-<thing>`; what is unique within an account also carries the region (IAM); what is
 * unique in the world also carries the account (S3).
 */
export class Naming {
  constructor(readonly place: Place) {}

  /** Unique in one region of an account: clusters, load balancers, alarms, keys. */
  regional(thing: string): string {
    return `${this.place.environment}-${thing}`;
  }

  /** Unique in an account over all regions: IAM. */
  accountWide(thing: string): string {
    return `${this.place.environment}-${thing}-${this.place.region}`;
  }

  /** Unique in the world: S3 buckets. */
  worldWide(thing: string): string {
    return `${this.place.environment}-${thing}-${this.place.region}-${this.place.account}`;
  }

  /** `/<environment>/<thing>`: parameters, log groups and secrets, which are named by path. */
  path(thing: string): string {
    return `/${this.place.environment}/${thing}`;
  }
}
