import type { ITerraformDependable } from 'cdktf';
import type { IConnectable } from './connections';
import type { IGrantee } from './service-role';

/** Whoever uses things: a service with its security group and its role. */
export interface IClient extends IConnectable {
  /** Its name in the settings, which is also its user name in databases and caches. */
  readonly name: string;
  /** The role of the running program; what a `use` permits goes there. */
  readonly role: IGrantee;
  /** Says that it must not start before something else stands. @default it may */
  waitFor?(thing: ITerraformDependable): void;
}

/** Environment variables that tell a program where a thing is. They hold no secrets. */
export type Variables = Readonly<Record<string, string>>;

/** A thing that a service can name in `uses`. */
export interface IUsable<Access = undefined> {
  /**
   * Everything that using it takes: the path through the security groups, the permissions of the client's
   * role on it and on its key, a user of the client's own.
   *
   * @returns the variables by which the program finds it
   */
  letUse(client: IClient, access: Access): Variables;
}

/** `orders` of kind `DATABASE` and what `HOST` becomes `DATABASE_ORDERS_HOST`. */
export const variableName = (kind: string, name: string, what?: string) =>
  [kind, name, what]
    .filter((part) => part !== undefined)
    .join('_')
    .replaceAll('-', '_')
    .toUpperCase();
