import type { SiteSettings } from './site-settings';

/** What decides which file answers a path. */
export type SiteRouting = Pick<SiteSettings, 'spa' | 'tenants'>;

/** The file of a folder. */
export const INDEX = 'index.html';

/**
 * The function that CloudFront runs before it looks into its cache: the path becomes that of a file. Tenants are told apart
 * by the name that was called, and nothing but a folder of that name can answer: each has its own part of the cache, too.
 * https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/functions-javascript-runtime-20.html
 */
export function routerCode({ spa, tenants }: SiteRouting): string {
  return [
    'function handler(event) {',
    '  const request = event.request;',
    '  let path = request.uri;',
    ...(tenants ? FOLDER(tenants.domain) : []),
    spa
      ? `  if (!path.slice(path.lastIndexOf('/')).includes('.')) path = '/${INDEX}';`
      : `  if (path.endsWith('/')) path += '${INDEX}';`,
    `  request.uri = ${tenants ? "'/' + folder + path" : 'path'};`,
    '  return request;',
    '}',
    '',
  ].join('\n');
}

/** A folder of one label: no name leads to the top of the bucket, nor to a part of another folder. */
const FOLDER = (domain: string): string[] => [
  '  const host = request.headers.host.value.toLowerCase();',
  `  const folder = host.endsWith('.${domain}') ? host.slice(0, -${domain.length + 1}) : '';`,
  '  if (!/^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/.test(folder))',
  "    return { statusCode: 404, statusDescription: 'Not Found' };",
];
