import { z } from 'zod';

/**
 * RFC 5280 gives the common name of a certificate 64 characters. The wildcard may be longer: it is a subject
 * alternative name, of up to 253.
 * https://docs.aws.amazon.com/acm/latest/APIReference/API_RequestCertificate.html
 */
const LONGEST = 64;

const LABEL = /^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/** Nobody issues certificates below these: RFC 2606, RFC 6761, RFC 6762, RFC 7686, RFC 8375, ICANN's `internal`. */
const NEVER_PUBLIC = ['test', 'example', 'invalid', 'localhost', 'local', 'onion', 'internal', 'home.arpa'];

/** These belong to AWS, whose names cannot be delegated. */
const OF_AWS = ['amazonaws.com', 'amazonaws.com.cn', 'api.aws', 'on.aws', 'cloudfront.net', 'awsapps.com'];

/** A domain that can be delegated to a zone of ours, and that ACM issues certificates for. Says what is wrong. */
export const domainName = z.string().superRefine((text, context) => {
  const message = whatIsWrong(text);
  if (message !== undefined) context.addIssue({ code: 'custom', message });
});

/** @returns `<rule>; <remedy>`, or nothing if the domain is good */
function whatIsWrong(text: string): string | undefined {
  const plain = text.toLowerCase().replace(/\.$/, '');
  const labels = plain.split('.');
  const last = labels.at(-1) ?? '';
  if (/^[\d.]+$/.test(plain) || plain.includes(':'))
    return 'be a name, not an address; write it like prod.example.com';
  if (!labels.every((label) => LABEL.test(label)) || !/^[a-z]/.test(last)) {
    return 'be a domain of letters, digits, hyphens and dots; write it like prod.example.com';
  }
  if (text !== plain) return `be in small letters and without a dot at its end; write it like ${plain}`;
  if (isIn(plain, NEVER_PUBLIC))
    return 'be a domain of the internet; choose one that you own, like prod.example.com';
  if (labels.length < 2) return 'have a label below the top-level domain; write it like prod.example.com';
  if (isIn(plain, OF_AWS)) return 'not belong to AWS; choose one that you own, like prod.example.com';
  if (plain.length > LONGEST) {
    return `be at most ${LONGEST} characters, the longest name that ACM issues a certificate for; shorten it`;
  }
  return undefined;
}

const isIn = (domain: string, parents: readonly string[]) =>
  parents.some((parent) => domain === parent || domain.endsWith(`.${parent}`));
