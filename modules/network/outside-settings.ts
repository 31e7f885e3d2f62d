import { getPublicSuffix } from 'tldts';
import { z } from 'zod';
import { distinct } from '../settings/fields';
import type { Problem, UsableRules } from '../settings/capability-rules';
import { OUTSIDE_PROVIDER_NAMES, outsideProvider } from './outside-providers';

/** A DNS name in full, or all names below one. */
const NAME = /^(\*\.)?([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/;
/**
 * Clouds that give names to whoever has an account, under several domains: the Public Suffix List has those, and neither
 * what stands above them nor what AWS adds in a new region.
 */
const CLOUDS = ['amazonaws.com', 'amazonaws.com.cn', 'on.aws', 'windows.net', 'azure.com'];

/** Whether strangers get names directly below: of a registry (co.uk), or of a host of others' sites (github.io). */
function isAnybodys(domain: string): boolean {
  // its second part: domains whose owners let others have names below them
  const suffix = getPublicSuffix(domain, { allowPrivateDomains: true });
  return suffix === domain || CLOUDS.some((one) => domain === one || domain.endsWith(`.${one}`));
}

const outsideName = z.string().superRefine((text, context) => {
  const say = (message: string) => context.addIssue({ code: 'custom', message });
  const below = text.replace(/^\*\./, '');
  if (text.length > 253 || !NAME.test(text) || /^[\d.]+$/.test(text)) {
    say('be a host name in small letters, or all below one; write it like api.example.com or *.example.com');
  } else if (text !== below && isAnybodys(below)) {
    say('not stand for names that anybody can have; name the host');
  }
});

/** Rules that a group of the firewall has room for. Another number makes another group, so there is room from the start. */
export const ROOM_FOR_NAMES = 1000;

/** HTTPS; and HTTP, whose Host header is all that a firewall has to go by, and which nothing encrypts. */
export const OUTSIDE_PORTS = [443, 80] as const;

/** Something outside of AWS that services may call by name: what the region's `egress` lets pass. */
export const outsideSettings = z.strictObject({
  /** Whose published names it has: `modules/network/outside-providers.ts` says which, and where from. @default none */
  provider: z.enum(OUTSIDE_PROVIDER_NAMES).optional(),
  /**
   * Whose account there, for providers that give each a name of its own: the domain of an Auth0 tenant, such as
   * your-tenant.us.auth0.com; the id of an Algolia application. @default none
   */
  account: z.string().optional(),
  /** Names besides those of the provider: `api.example.com`, or `*.example.com` for all below it. @default none */
  names: distinct(outsideName).default([]),
  /** 443, and 80 only where there is no other way: it is in clear. @default [443] */
  ports: distinct(z.literal([...OUTSIDE_PORTS]))
    .refine((ports) => ports.length > 0, 'have a port; write it like [443]')
    .default([443]),
});

export type OutsideSettings = z.output<typeof outsideSettings>;

export const outsideRules: UsableRules<OutsideSettings> = {
  problems(_name, settings) {
    return [...accountProblems(settings), ...emptyProblems(settings)];
  },
  names: () => [],
  variables: () => [],
};

function accountProblems({ provider, account }: OutsideSettings): Problem[] {
  const asked = provider && outsideProvider(provider).account;
  if (asked) {
    if (account !== undefined && asked.pattern.test(account)) return [];
    const rule = `be ${asked.what} of ${provider}`;
    return [{ path: ['account'], rule, remedy: `write it like ${asked.example}` }];
  }
  if (account === undefined) return [];
  const rule =
    provider === undefined
      ? 'come with a provider'
      : `not be there: the names of ${provider} are the same for everybody`;
  return [{ path: ['account'], rule, remedy: 'take it out' }];
}

function emptyProblems({ provider, names }: OutsideSettings): Problem[] {
  if (provider !== undefined || names.length > 0) return [];
  return [{ path: ['names'], rule: 'name something', remedy: 'say names, or a provider' }];
}

/** Every name of an entry, sorted. */
export function namesOf({ provider, account = '', names }: OutsideSettings): string[] {
  const published = provider ? outsideProvider(provider).names(account.toLowerCase()) : [];
  return [...new Set([...published, ...names])].sort();
}

/** Names by the port that they may be called on, and each only once. */
export interface OutsideNames {
  readonly https: readonly string[];
  readonly http: readonly string[];
}

export function outsideNames(entries: readonly OutsideSettings[]): OutsideNames {
  const on = (port: (typeof OUTSIDE_PORTS)[number]) =>
    [...new Set(entries.filter(({ ports }) => ports.includes(port)).flatMap(namesOf))].sort();
  return { https: on(443), http: on(80) };
}
