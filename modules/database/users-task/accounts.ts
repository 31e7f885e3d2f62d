/** As much of a connection as is needed. */
export interface Database {
  query(statement: string): Promise<readonly Readonly<Record<string, unknown>>[]>;
}

export interface Account {
  readonly name: string;
  /** Whether it was made here. No other account is ever touched. */
  readonly isOurs: boolean;
  /** Whether it signs in as it should, and by TLS alone. */
  readonly signsInRight: boolean;
}

/** How accounts sign in, and by what those are known that were made here. */
export interface Accounts {
  /** The part of CREATE USER and ALTER USER that says how it signs in. */
  readonly authentication: string;
  /** The part of CREATE USER that marks it. */
  readonly mark: string;
  /** What a person does to hand an account over. */
  adopt(account: string): string;
  /** Every account that may sign in from anywhere. */
  all(database: Database): Promise<readonly Account[]>;
}

const MARK = { key: 'managed-by', value: 'aws-environments' };
const PLUGIN = 'AWSAuthenticationPlugin';
const ATTRIBUTE = `ATTRIBUTE '${JSON.stringify({ [MARK.key]: MARK.value })}'`;

/**
 * Accounts of Aurora MySQL 3 that sign in with tokens of IAM. They carry the mark themselves, as an attribute of MySQL
 * 8.0.21 and later: a name can be anybody's, and a table of our own would be one more thing that can be wrong.
 * https://docs.aws.amazon.com/AmazonRDS/latest/AuroraUserGuide/UsingWithRDS.IAMDBAuth.DBAccounts.html
 */
export const AURORA_ACCOUNTS: Accounts = {
  authentication: `IDENTIFIED WITH ${PLUGIN} AS 'RDS'`,
  mark: ATTRIBUTE,
  adopt: (account) => `ALTER USER ${account} ${ATTRIBUTE}`,

  async all(database) {
    const attributes = await database.query(
      "SELECT USER AS name, ATTRIBUTE AS attribute FROM information_schema.USER_ATTRIBUTES WHERE HOST = '%'",
    );
    const ours = new Set(attributes.filter(({ attribute }) => isMarked(attribute)).map(({ name }) => name));
    const users = await database.query(
      "SELECT User AS name, plugin AS plugin, ssl_type AS tls FROM mysql.user WHERE Host = '%'",
    );
    return users.map(({ name, plugin, tls }) => ({
      name: String(name),
      isOurs: ours.has(name),
      signsInRight: plugin === PLUGIN && tls === 'ANY',
    }));
  },
};

function isMarked(attribute: unknown): boolean {
  const value: unknown = typeof attribute === 'string' ? JSON.parse(attribute) : attribute;
  return typeof value === 'object' && value !== null && Object.entries(value).some(isMark);
}

const isMark = ([key, value]: [string, unknown]) => key === MARK.key && value === MARK.value;
