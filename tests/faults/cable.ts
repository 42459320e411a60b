import { execFileSync } from 'node:child_process';

/** What `ip -json address` says of one interface, as far as it is read here. */
type Interface = { operstate: string; addr_info: { tentative?: boolean }[] };

const LONGEST_MS = 5_000;

/**
 * Leads from the interface `plug` of a namespace to a port of another. An IPv6 address there is ready as soon as the cable is: looking for
 * its double first takes some two seconds, and the browser breaks off whatever it is loading when the address is ready at last.
 */
export function layCable(namespace: string, { port, at }: { port: string; at: string }): void {
  ip(
    ...['link', 'add', 'name', 'plug', 'netns', namespace, 'type', 'veth'],
    ...['peer', 'name', port, 'netns', at],
  );
  ip('netns', 'exec', namespace, 'sysctl', '-qw', 'net.ipv6.conf.plug.accept_dad=0');
}

/** Waits until the interface `plug` of a namespace and its addresses are as they will stay. */
export function settle(namespace: string): void {
  const end = Date.now() + LONGEST_MS;
  let lack: string;
  do {
    lack = lackingIn(namespace);
    if (lack === '') return;
  } while (Date.now() < end);
  throw new Error(`${namespace} has not settled: ${lack}`);
}

function lackingIn(namespace: string): string {
  const said = JSON.parse(ip('-n', namespace, '-json', 'address', 'show', 'plug')) as Interface[];
  const [plug] = said;
  if (plug?.operstate !== 'UP') return `its plug is ${plug?.operstate ?? 'not there'}`;
  const isTentative = plug.addr_info.some(({ tentative }) => tentative);
  return isTentative ? 'an address is still being tried' : '';
}

function ip(...order: string[]): string {
  return execFileSync('ip', order, { stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8' });
}
