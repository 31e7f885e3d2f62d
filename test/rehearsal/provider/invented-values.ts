import type { Value } from '../protocol/values';
import type { TypeExpression } from '../schema/provider-schema';
import { arnOf, ID_PREFIXES, idOf, queueUrl } from './identifiers';
import { hexOf, numberOf, type Subject, uuidOf } from './subject';

/*
 * Made-up but plausible values for what AWS decides. They have the form that others check (ARNs, addresses,
 * ids), and nothing more.
 */

type Invention = (subject: Subject, seed: string, attribute: string) => Value;

/** The first rule whose pattern fits the attribute's name decides. */
const TEXTS: readonly (readonly [pattern: RegExp, invent: Invention])[] = [
  [/^id$/, (subject) => idOf(subject)],
  [/^arn$/, (subject) => arnOf(subject)],
  // ACM asks for one record of this kind for each name
  [/^resource_record_type$/, () => 'CNAME'],
  [/^region$/, ({ region }) => region],
  [
    /^description$/,
    ({ kind }, seed) => (kind === 'data source' ? `description-${hexOf(seed, 8)}` : 'Managed by Terraform'),
  ],
  [/maintenance\w*window$/, () => 'sun:03:00-sun:04:00'],
  [/window$/, () => '01:00-02:00'],
  [/(account|owner)(_id)?$|registry_id|catalog_id/, ({ account }) => account],
  [/invoke_arn$/, (subject) => invokeArn(subject)],
  [
    /kms_key_(id|arn)$|^kms_key$|^target_key_arn$/,
    ({ region, account }, seed) => `arn:aws:kms:${region}:${account}:key/${uuidOf(seed)}`,
  ],
  [/arn$/, (subject, seed, attribute) => relatedArn(subject, seed, attribute)],
  [/ipv6_cidr/, (_subject, seed) => `2600:1f18:${hexOf(seed, 4)}:${hexOf(`${seed}/`, 2)}00::/56`],
  [/cidr|ipv4_block/, (_subject, seed) => `10.${numberOf(seed, 200)}.0.0/16`],
  [/public_ip/, (_subject, seed) => `203.0.113.${numberOf(seed, 254) + 1}`],
  [/(^|_)ip(_address)?$|^ip_|private_ip/, (_subject, seed) => privateAddress(seed)],
  [/availability_zone_id|az_id/, ({ region }, seed) => `${zoneIdPrefix(region)}-az${numberOf(seed, 3) + 1}`],
  [/availability_zone|(^|_)az$/, ({ region }, seed) => region + 'abc'.charAt(numberOf(seed, 3))],
  [/^(hosted_)?zone_id$/, (subject, seed) => hostedZone(subject, seed)],
  [/(^|_)(url|issuer)$/, (subject, seed) => urlOf(subject, seed)],
  [/dns|domain|endpoint|address|hostname|fqdn/, (subject, seed) => hostOf(subject, seed)],
  [/_at$|date|_time(stamp)?$|created|modified|not_(before|after)/, () => '2026-01-01T00:00:00Z'],
  [/^(status|state)$|_(status|state)$/, ({ type }) => (/instance|vpc/.test(type) ? 'available' : 'ACTIVE')],
  [/key_id$/, (_subject, seed) => uuidOf(seed)],
  [/policy$|json$|document$/, () => '{"Version":"2012-10-17","Statement":[]}'],
  [/engine_version/, () => '8.0'],
  [/version/, () => '1'],
  [/certificate|^data$|pem/, (_subject, seed) => Buffer.from(hexOf(seed, 32)).toString('base64')],
  [/(^|_)id$/, (_subject, seed, attribute) => relatedId(seed, attribute)],
  [/^(name|bucket|identifier)$/, ({ type, name }, seed) => name ?? `${hyphenated(type)}-${hexOf(seed, 8)}`],
];

const NUMBERS: readonly (readonly [pattern: RegExp, invent: (seed: string) => number])[] = [
  [/port$/, (seed) => 1024 + numberOf(seed, 40_000)],
  [/version|count|capacity|size/, () => 1],
];

/** Lists that are never empty in AWS; others that nobody configured come back empty. */
const FILLED_LISTS = /ids$|arns$|names$|records$|servers$|zones$|addresses$|members|options$/;

/** One value for an attribute that AWS fills in. */
export function invent(attribute: string, type: TypeExpression, subject: Subject, within = ''): Value {
  const seed = `${subject.seed}${within}/${attribute}`;
  if (type === 'dynamic') return null;
  if (type === 'bool') return /enabled|available|allowed/.test(attribute);
  if (type === 'number') return inventNumber(attribute, seed);
  if (type === 'string') return inventText(attribute, subject, seed);
  if (type[0] === 'object') {
    const members = Object.entries(type[1]);
    return Object.fromEntries(
      members.map(([name, each]) => [name, invent(name, each, subject, `${within}/${attribute}`)]),
    );
  }
  if (type[0] === 'map') return {};
  return inventList(attribute, type[0], type[1], subject, within);
}

function inventList(
  attribute: string,
  kind: 'list' | 'set',
  element: TypeExpression,
  subject: Subject,
  within: string,
): Value {
  const ofObjects = Array.isArray(element);
  const isFilled =
    ofObjects || (element === 'string' && (subject.kind === 'data source' || FILLED_LISTS.test(attribute)));
  if (!isFilled) return [];
  const count = attribute === 'name_servers' ? 4 : ofObjects ? 1 : 2;
  const singular = attribute.replace(/s$/, '');
  const values = Array.from({ length: count }, (_, index) => {
    const each = subject.name === undefined ? subject : { ...subject, name: `${subject.name}-${index}` };
    return invent(singular, element, each, `${within}/${attribute}[${index}]`);
  });
  if (kind === 'list') return values;
  return [...new Map(values.map((value) => [JSON.stringify(value), value])).values()];
}

function inventNumber(attribute: string, seed: string): number {
  const rule = NUMBERS.find(([pattern]) => pattern.test(attribute));
  return rule ? rule[1](seed) : numberOf(seed, 1000);
}

function inventText(attribute: string, subject: Subject, seed: string): Value {
  const rule = TEXTS.find(([pattern]) => pattern.test(attribute));
  return rule ? rule[1](subject, seed, attribute) : `${attribute.replace(/_/g, '-')}-${hexOf(seed, 8)}`;
}

function invokeArn(subject: Subject): string {
  const path = `lambda:path/2015-03-31/functions/${arnOf(subject)}/invocations`;
  return `arn:aws:apigateway:${subject.region}:${path}`;
}

function relatedArn({ region, account }: Subject, seed: string, attribute: string): string {
  const kind = attribute.replace(/_arn$/, '');
  return `arn:aws:${kind.split('_')[0]}:${region}:${account}:${kind}/${hexOf(seed, 12)}`;
}

function relatedId(seed: string, attribute: string): string {
  const kind = Object.keys(ID_PREFIXES).find(
    (each) => attribute === `${each}_id` || attribute.endsWith(`_${each}_id`),
  );
  return kind === undefined ? hexOf(seed, 12) : `${ID_PREFIXES[kind]}-0${hexOf(seed, 16)}`;
}

function privateAddress(seed: string): string {
  return `10.0.${numberOf(seed, 250)}.${numberOf(`${seed}/host`, 250) + 4}`;
}

function hostedZone({ type, seed: own }: Subject, seed: string): string {
  return `Z${hexOf(type === 'aws_route53_zone' ? own : seed, 20).toUpperCase()}`;
}

function urlOf(subject: Subject, seed: string): string {
  const { type, account, region, name } = subject;
  if (type === 'aws_sqs_queue') return queueUrl(subject);
  if (type === 'aws_ecr_repository') return `${account}.dkr.ecr.${region}.amazonaws.com/${name}`;
  return `https://${hexOf(seed, 10)}.${region}.amazonaws.com`;
}

function hostOf({ type, name, region }: Subject, seed: string): string {
  const service = type.replace(/^aws_/, '').split('_')[0];
  const host = `${name ?? hexOf(seed, 10)}.${hexOf(seed, 10)}.${region}.${service}.amazonaws.com`;
  return host.replace(/[^A-Za-z0-9.-]/g, '-').toLowerCase();
}

/** `us-east-1` has the zones `use1-az1`, `use1-az2` and so on. */
export function zoneIdPrefix(region: string): string {
  const [continent = '', direction = '', number = ''] = region.split('-');
  return `${continent}${direction.charAt(0)}${number}`;
}

function hyphenated(type: string): string {
  return type.replace(/^aws_/, '').replace(/_/g, '-');
}
