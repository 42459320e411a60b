import { isIP } from 'node:net';

/** An address of pages, without a path. */
export function isOrigin(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return (
    /^https?:$/.test(url.protocol) &&
    url.pathname === '/' &&
    url.search === '' &&
    url.hash === '' &&
    url.username === '' &&
    url.password === ''
  );
}

/** As ioredis takes it. */
export function isRedis(text: string): boolean {
  return (
    URL.canParse(text) && /^rediss?:$/.test(new URL(text).protocol) && new URL(text).hostname !== ''
  );
}

/** An address, or a network like `10.0.0.0/8`. */
function isNetwork(text: string): boolean {
  const [address = '', prefix, ...more] = text.split('/');
  const family = isIP(address);
  if (family === 0 || more.length > 0) return false;
  return (
    prefix === undefined ||
    (/^\d{1,3}$/.test(prefix) && Number(prefix) <= (family === 4 ? 32 : 128))
  );
}

/** Names for networks that nobody outside can write from, as Express and proxy-addr have them. */
const namedNetworks = {
  loopback: ['127.0.0.0/8', '::1/128'],
  linklocal: ['169.254.0.0/16', 'fe80::/10'],
  uniquelocal: ['10.0.0.0/8', '172.16.0.0/12', '192.168.0.0/16', 'fc00::/7'],
};

const isNamed = (text: string): text is keyof typeof namedNetworks =>
  Object.hasOwn(namedNetworks, text);

/** An address, a network, or the name of some. How many proxies there are would say nothing of who they are. */
export function isProxy(text: string): boolean {
  return isNamed(text) || isNetwork(text);
}

/** The networks behind a name; any other text as it is. */
export function networksIn(text: string): string[] {
  return isNamed(text) ? namedNetworks[text] : [text];
}

/** A STUN server's address (RFC 7064). */
export function isStun(text: string): boolean {
  return /^stuns?:/.test(text) && isHostAndPort(text.slice(text.indexOf(':') + 1));
}

/** A TURN server's address (RFC 7065). */
export function isTurn(text: string): boolean {
  const address = text.replace(/\?transport=(udp|tcp)$/, '');
  return /^turns?:/.test(address) && isHostAndPort(address.slice(address.indexOf(':') + 1));
}

/** Browsers refuse a whole connection for one port or IPv6 address that is none. */
function isHostAndPort(text: string): boolean {
  const [whole, ipv6, port = '3478'] =
    /^(?:\[([\da-f:.]+)\]|[\w.-]+)(?::(\d{1,5}))?$/i.exec(text) ?? [];
  if (whole === undefined || (ipv6 !== undefined && isIP(ipv6) !== 6)) return false;
  return Number(port) >= 1 && Number(port) <= 65_535;
}
