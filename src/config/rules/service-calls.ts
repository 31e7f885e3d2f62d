import type { Draft } from '../check';
import { isMap, valueAt, type Json } from '../merge';
import { outdatedNames } from './former-name';

/** Services call those that listen, in one direction, and from where AWS lets them find each other. */
export function checkServiceCalls(draft: Draft): void {
  const { merged, report } = draft;
  checkEncrypted(draft);
  const outdated = outdatedNames(draft, 'services');
  for (const service of Object.keys(isMap(merged['services']) ? merged['services'] : {})) {
    for (const [index, called] of callsOf(merged, service).entries()) {
      // what is called by a name from before a rename is refused for that alone
      if (outdated.has(called)) continue;
      const path = ['services', service, 'uses', 'services', index];
      checkRuns(draft, path, service);
      const settings = valueAt(merged, ['services', called]);
      if (isMap(settings) && settings['runs'] !== undefined) {
        report({
          path,
          rule: 'name a service that keeps running, and this one has runs',
          value: called,
          remedy: 'take it out, and let the two meet in a database or bucket',
        });
      } else if (isMap(settings) && settings['port'] === undefined) {
        report({
          path,
          rule: 'name a service that has a port',
          value: called,
          remedy: `set services.${called}.port, or take it out`,
        });
      }
      const way = wayBack(merged, called, service);
      if (way) {
        report({
          path,
          rule: `not lead back to services.${service}, as ${[service, ...way].join(' -> ')} does`,
          value: called,
          remedy: 'call in one direction: a task finds only what stood before it started',
        });
      }
      for (const end of [service, called]) checkPlace(draft, path, end);
    }
  }
}

/** A certificate authority costs too much to be there for nobody. */
function checkEncrypted({ merged, report }: Draft): void {
  const services = Object.entries(isMap(merged['services']) ? merged['services'] : {});
  const called = new Set(services.flatMap(([name]) => callsOf(merged, name)));
  for (const [name, settings] of services) {
    if (valueAt(settings, ['calls']) !== 'tls' || called.has(name)) continue;
    report({
      path: ['services', name, 'calls'],
      rule: 'be tls only if some service calls it, and none does',
      value: 'tls',
      remedy: `take it out, or name ${name} in uses.services of another`,
    });
  }
}

/** Service Connect is for services of ECS; a task that is started alone has no proxy. */
function checkRuns({ merged, report }: Draft, path: readonly PropertyKey[], service: string): void {
  if (valueAt(merged, ['services', service, 'runs']) === undefined) return;
  report({
    path,
    rule: 'be of a service that keeps running: what has runs finds no other service',
    value: valueAt(merged, path),
    remedy: 'take it out, and let the two meet in a database or bucket',
  });
}

/**
 * On an instance the proxy asks `ecs-sc.<region>.api.aws`, which no VPC endpoint that AWS documents leads to; on Fargate
 * AWS asks it. https://docs.aws.amazon.com/AmazonECS/latest/developerguide/vpc-endpoints.html
 */
function checkPlace({ merged, report }: Draft, path: readonly PropertyKey[], service: string): void {
  if (valueAt(merged, ['services', service, 'capacity', 'ec2']) === undefined) return;
  const regions = isMap(merged['regions']) ? Object.keys(merged['regions']) : [];
  const shut = regions.find(
    (region) => valueAt(merged, ['regions', region, 'network', 'endpoints']) !== 'nat',
  );
  if (shut === undefined) return;
  report({
    path,
    rule: `be between services on Fargate, since ${service} runs on ec2 and ${shut} lets instances reach no Service Connect`,
    value: valueAt(merged, path),
    remedy: `take ec2 out of services.${service}.capacity, or set endpoints of ${shut} to nat`,
  });
}

const callsOf = (merged: Json, service: string): string[] => {
  const said = valueAt(merged, ['services', service, 'uses', 'services']);
  return Array.isArray(said) ? said.map(String) : [];
};

/** From one service to another, both named. */
function wayBack(merged: Json, from: string, to: string, seen: readonly string[] = []): string[] | undefined {
  if (from === to) return [to];
  if (seen.includes(from)) return undefined;
  for (const next of callsOf(merged, from)) {
    const way = wayBack(merged, next, to, [...seen, from]);
    if (way) return [from, ...way];
  }
  return undefined;
}
