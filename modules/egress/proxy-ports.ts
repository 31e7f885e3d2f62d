/** A Network Load Balancer has so many listeners: https://docs.aws.amazon.com/elasticloadbalancing/latest/network/load-balancer-limits.html */
export const MOST_PROXIES = 50;

const FIRST = 20_000;
const PORTS = 10_000;

/**
 * The port of each service on the load balancer of the proxies, by which its proxy is found. Made of the name, so that
 * no service moves another one's; where two want the same, the later by name takes the next.
 */
export function proxyPorts(services: readonly string[]): ReadonlyMap<string, number> {
  const taken = new Set<number>();
  return new Map(
    [...services].sort().map((service) => {
      let port = FIRST + (hash(service) % PORTS);
      while (taken.has(port)) port = FIRST + ((port - FIRST + 1) % PORTS);
      taken.add(port);
      return [service, port];
    }),
  );
}

/** FNV-1a, 32 bits: http://www.isthe.com/chongo/tech/comp/fnv */
function hash(text: string): number {
  let value = 0x811c9dc5;
  for (const byte of Buffer.from(text)) value = Math.imul(value ^ byte, 0x01000193) >>> 0;
  return value;
}
