import { routerCode, type SiteRouting } from '../../../modules/edge/site-router';

interface Request {
  uri: string;
  readonly headers: { readonly host: { readonly value: string } };
}
type Answer = Request | { readonly statusCode: number };

/** What CloudFront does with a request: the path of the file, or the status of its answer. */
function routed(routing: SiteRouting, uri: string, host = 'www.test.example.com'): string | number {
  // the function exists as text alone
  // eslint-disable-next-line @typescript-eslint/no-implied-eval, @typescript-eslint/no-unsafe-call
  const handler = new Function(`${routerCode(routing)}\nreturn handler;`)() as (event: object) => Answer;
  const answer = handler({ request: { uri, headers: { host: { value: host } } } });
  return 'uri' in answer ? answer.uri : answer.statusCode;
}

describe('the router of a site', () => {
  test.each([
    ['/', '/index.html'],
    ['/cars/', '/cars/index.html'],
    ['/cars', '/cars'],
    ['/app.js', '/app.js'],
  ])('answers %s with the file %s', (path, file) => {
    expect(routed({ spa: false, tenants: undefined }, path)).toBe(file);
  });

  test.each([
    ['/', '/index.html'],
    ['/cars/42', '/index.html'],
    ['/v1.2/cars', '/index.html'],
    ['/assets/app.js', '/assets/app.js'],
  ])('of a single page answers %s with %s', (path, file) => {
    expect(routed({ spa: true, tenants: undefined }, path)).toBe(file);
  });
});

describe('the router of many tenants', () => {
  const tenants = { domain: 'dealers.test.example.com' };

  test.each([
    ['ann.dealers.test.example.com', '/', '/ann/index.html'],
    ['ANN.Dealers.test.example.com', '/cars/', '/ann/cars/index.html'],
    ['4-wheels.dealers.test.example.com', '/app.js', '/4-wheels/app.js'],
  ])('answers %s%s with %s', (host, path, file) => {
    expect(routed({ spa: false, tenants }, path, host)).toBe(file);
  });

  test('answers with the page of the tenant, where it is a single one', () => {
    const host = 'ann.dealers.test.example.com';
    expect(routed({ spa: true, tenants }, '/cars/42', host)).toBe('/ann/index.html');
  });

  test.each([
    'dealers.test.example.com',
    '.dealers.test.example.com',
    'ann.bob.dealers.test.example.com',
    '-ann.dealers.test.example.com',
    'ann-.dealers.test.example.com',
    'ann.dealersXtest.example.com',
    'd111111abcdef8.cloudfront.net',
  ])('knows no tenant of the name %s', (host) => {
    expect(routed({ spa: false, tenants }, '/', host)).toBe(404);
  });
});

test('fits into a function with the longest domain', () => {
  const domain = `${'a'.repeat(63)}.`.repeat(3) + 'a'.repeat(61);
  // https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html
  expect(routerCode({ spa: true, tenants: { domain } }).length).toBeLessThan(10_240);
});
