import { domainName } from '../../../modules/naming/domain-name';

/** What is said of a domain, or nothing. */
const refusal = (domain: string) => domainName.safeParse(domain).error?.issues[0]?.message;

/** So many characters of a domain in all. */
const long = (length: number) => `${'a'.repeat(30)}.${'b'.repeat(length - 31 - 4)}.com`;

describe('the domain of an environment', () => {
  test.each(['example.com', 'dev.example.com', 'a.b.c.example.co.uk', 'xn--mnchen-3ya.de', '1a.example.com'])(
    'may be %s',
    (domain) => {
      expect(refusal(domain)).toBeUndefined();
    },
  );

  test('has at most 64 characters, as the common name of a certificate', () => {
    expect(refusal(long(64))).toBeUndefined();
    expect(refusal(long(65))).toBe(
      'be at most 64 characters, the longest name that ACM issues a certificate for; shorten it',
    );
  });

  test.each([
    ['Dev.Example.com', 'dev.example.com'],
    ['dev.example.com.', 'dev.example.com'],
    ['EXAMPLE.COM.', 'example.com'],
  ])('%s is told as it has to be: %s', (domain, better) => {
    expect(refusal(domain)).toBe(`be in small letters and without a dot at its end; write it like ${better}`);
  });

  test.each<[string, string]>([
    ['10.0.0.1', 'be a name, not an address; write it like prod.example.com'],
    ['2001:db8::1', 'be a name, not an address; write it like prod.example.com'],
    ...['', 'a b.com', '-a.example.com', 'a..com', '*.example.com', 'under_score.com', 'example.1com'].map(
      (domain): [string, string] => [
        domain,
        'be a domain of letters, digits, hyphens and dots; write it like prod.example.com',
      ],
    ),
    ['com', 'have a label below the top-level domain; write it like prod.example.com'],
    ...['localhost', 'shop.local', 'shop.internal', 'shop.test', 'home.arpa', 'x.home.arpa'].map(
      (domain): [string, string] => [
        domain,
        'be a domain of the internet; choose one that you own, like prod.example.com',
      ],
    ),
    ...['amazonaws.com', 'x.amazonaws.com', 'x.s3.amazonaws.com', 'd1.cloudfront.net'].map(
      (domain): [string, string] => [
        domain,
        'not belong to AWS; choose one that you own, like prod.example.com',
      ],
    ),
  ])('cannot be %j', (domain, message) => {
    expect(refusal(domain)).toBe(message);
  });

  test('may end like a domain of AWS', () => {
    expect(refusal('notamazonaws.com')).toBeUndefined();
  });
});
