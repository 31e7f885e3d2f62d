import { proxyConfig } from '../../../modules/egress/proxy-config';
import { limitedProxyNames } from '../../../modules/egress/proxy-names';
import { MOST_PROXIES } from '../../../modules/egress/proxy-ports';
import { PROXY_VARIABLES } from '../../../modules/egress/proxy-variables';
import { MOST_TASK_DEFINITION_BYTES } from '../../../modules/compute/task-definition-size';
import { brokenNameRule } from '../../../modules/naming/name-rules';
import { Naming } from '../../../modules/naming/naming';
import { outsideNames } from '../../../modules/network/outside-settings';
import type { Draft } from '../check';
import { isMap, valueAt } from '../merge';
import { capabilitySchemas } from '../schema';
import { whoGoesOutside } from './egress';
import { isEnvironmentName } from './environment-name';
import { formerNameIn } from './former-name';
import { namesIn } from './uses';

/** Its settings may take half of a task definition: the rest is the same for every proxy, and small. */
const MOST_CONFIG_BYTES = MOST_TASK_DEFINITION_BYTES / 2;

/** Where `egress` is `proxy`, each service that goes outside can have a proxy, and go by it. */
export function checkProxies(draft: Draft): void {
  const { merged } = draft;
  if (!isMap(merged['regions'])) return;
  const services = new Set<string>();
  for (const [region, settings] of Object.entries(merged['regions'])) {
    if (valueAt(settings, ['network', 'egress']) !== 'proxy') continue;
    const outgoing = whoGoesOutside(merged, region);
    checkRegion(draft, region, outgoing);
    for (const service of outgoing) services.add(service);
  }
  for (const service of services) checkService(draft, service);
}

function checkRegion({ merged, production, report, warn }: Draft, region: string, outgoing: string[]): void {
  const network = ['regions', region, 'network'];
  const least = valueAt(merged, [...network, 'proxy', 'tasks', 'min']);
  if (production && least === 1) {
    report({
      path: [...network, 'proxy', 'tasks', 'min'],
      rule: 'be at least 2 in production',
      value: least,
      remedy: 'raise it, so that the loss of a zone leaves one',
    });
  }
  if (outgoing.length > MOST_PROXIES) {
    report({
      path: [...network, 'egress'],
      rule: `be for at most ${MOST_PROXIES} services that name something outside, and ${outgoing.length} do here`,
      value: 'proxy',
      remedy: 'let fewer of them go outside, or set it to firewall',
    });
  }
  if (outgoing.length === 0) {
    warn({
      path: [...network, 'egress'],
      rule: 'have something to let pass',
      value: 'proxy',
      remedy: 'no service names anything outside here: set it to dns-firewall or none',
    });
  }
}

function checkService({ name: environment, merged, report }: Draft, service: string): void {
  for (const place of ['environment', 'secrets']) {
    const said = valueAt(merged, ['services', service, place]);
    const names = Array.isArray(said) ? said : Object.keys(isMap(said) ? said : {});
    for (const variable of names.filter((one) => PROXY_VARIABLES.includes(String(one)))) {
      report({
        path: ['services', service, place],
        rule: `not set ${String(variable)}, which leads to the proxy where egress is proxy`,
        hideValue: true,
        remedy: 'take it out',
      });
    }
  }
  const bytes = Buffer.byteLength(proxyConfig(outsideNames(entriesOf(merged, service))));
  if (bytes > MOST_CONFIG_BYTES) {
    report({
      path: ['services', service, 'uses', 'outside'],
      rule: `make settings of a proxy of at most ${MOST_CONFIG_BYTES} bytes, and they have ${bytes}`,
      hideValue: true,
      remedy: 'name domains with *. instead of each of their hosts',
    });
  }
  if (!isEnvironmentName(environment) || !isMap(merged['regions'])) return;
  const made = formerNameIn(merged, 'services', service);
  const broken = Object.keys(merged['regions'])
    .map((region) => new Naming({ environment, account: '0'.repeat(12), region }))
    .flatMap((naming) => limitedProxyNames(naming, made))
    .map(brokenNameRule)
    .find((rule) => rule !== undefined);
  if (broken !== undefined)
    report({ path: ['services', service], rule: broken, hideValue: true, remedy: 'choose a shorter name' });
}

function entriesOf(merged: Draft['merged'], service: string) {
  return namesIn(valueAt(merged, ['services', service, 'uses', 'outside'])).flatMap(([, name]) => {
    const parsed = capabilitySchemas.outside.safeParse({ [name]: valueAt(merged, ['outside', name]) });
    return parsed.success && Object.hasOwn(parsed.data, name) ? [parsed.data[name]!] : [];
  });
}
