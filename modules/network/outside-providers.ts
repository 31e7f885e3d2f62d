/** A service outside of AWS that many companies use, and the names that it is reached by. */
interface Provider {
  /** What `account` has to be, in words and as an example; nothing where names are the same for everybody. */
  readonly account?: { readonly what: string; readonly pattern: RegExp; readonly example: string };
  names(account: string): readonly string[];
}

/** Names as their owners publish them; what they add later has to be added here, or to `names` of an entry. */
export const OUTSIDE_PROVIDERS = {
  /** https://www.algolia.com/doc/rest-api/search: hosts of an application, and those that clients fall back to */
  algolia: {
    account: { what: 'an application id', pattern: /^[A-Z0-9]{6,20}$/i, example: 'YOURAPPID1' },
    names: (application) => [
      `${application}.algolia.net`,
      `${application}-dsn.algolia.net`,
      ...[1, 2, 3].map((host) => `${application}-${host}.algolianet.com`),
    ],
  },
  /** https://auth0.com/docs/get-started/auth0-overview/create-tenants: tokens, keys and management, all by the tenant's domain */
  auth0: {
    account: {
      what: "a tenant's domain",
      pattern: /^[a-z0-9][a-z0-9-]*(\.[a-z]{2}(-\d)?)?\.auth0\.com$/,
      example: 'your-tenant.us.auth0.com',
    },
    names: (tenant) => [tenant],
  },
  /** https://developer.atlassian.com/cloud/bitbucket/rest/intro/#uri-structure, and repositories over HTTPS */
  bitbucket: { names: () => ['bitbucket.org', 'api.bitbucket.org'] },
  /** https://docs.bugsnag.com/api/error-reporting and https://docs.bugsnag.com/api/sessions, as notifiers call them */
  bugsnag: { names: () => ['notify.bugsnag.com', 'sessions.bugsnag.com'] },
  /** https://docs.newrelic.com/docs/new-relic-solutions/get-started/networks: an agent is sent on to a host of its account */
  'new-relic': { names: () => ['*.newrelic.com', '*.nr-data.net'] },
  /** https://docs.slack.dev/messaging/sending-messages-using-incoming-webhooks and https://docs.slack.dev/apis/web-api */
  slack: { names: () => ['slack.com', 'hooks.slack.com', 'files.slack.com'] },
} as const satisfies Record<string, Provider>;

export type OutsideProvider = keyof typeof OUTSIDE_PROVIDERS;
export const OUTSIDE_PROVIDER_NAMES = Object.keys(OUTSIDE_PROVIDERS) as [
  OutsideProvider,
  ...OutsideProvider[],
];
export const outsideProvider = (name: OutsideProvider): Provider => OUTSIDE_PROVIDERS[name];
