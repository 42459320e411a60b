import { lookup } from 'node:dns/promises';
import { connect, isIP } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { NotLookedAt } from './outcome.ts';
import type { Check } from './outcome.ts';

/** Milliseconds that anything may take. */
const PATIENCE = 10_000;
/** A certificate with less left should have been renewed long ago. */
const LEAST_DAYS = 7;

/** What a visitor meets before any meeting: name, certificate, page, and that nothing else is open. */
export function webChecks(address: URL): Check[] {
  const { hostname } = address;
  const port = Number(address.port || 443);
  return [
    { name: 'name', look: () => nameLeadsHere(hostname) },
    { name: 'certificate', look: () => certificate(hostname, port) },
    { name: 'plain http', look: () => sendsOnToTls(address) },
    { name: 'ready', look: () => isReady(address) },
    { name: 'page', look: () => servesPage(address) },
    { name: 'figures', look: () => keepsFigures(address) },
    { name: 'closed doors', look: () => closedDoors(hostname) },
  ];
}

async function nameLeadsHere(hostname: string): Promise<string> {
  const found = await lookup(hostname, { all: true });
  return found.map(({ address }) => address).join(', ');
}

function certificate(host: string, port: number): Promise<string> {
  return new Promise((resolve, reject) => {
    // An address is no server name (RFC 6066 §3).
    const servername = isIP(host) === 0 ? { servername: host } : {};
    const socket = connectTls({ host, port, timeout: PATIENCE, ...servername }, () => {
      const { issuer, valid_to } = socket.getPeerCertificate();
      socket.end();
      const days = Math.floor((Date.parse(valid_to) - Date.now()) / 86_400_000);
      const said = `by ${[issuer.O, issuer.CN].find(Boolean) ?? 'nobody'}, ${socket.getProtocol() ?? ''}`;
      // A local authority signs for half a day, and anew in time.
      const isShort = /local authority/i.test(issuer.CN);
      if (days < LEAST_DAYS && !isShort) reject(new Error(`${said}, ends in ${days} days`));
      else resolve(isShort ? said : `${said}, ends in ${days} days`);
    });
    socket.once('timeout', () => socket.destroy(new Error(`${host}:${port} does not answer`)));
    socket.once('error', reject);
  });
}

async function sendsOnToTls({ hostname, port }: URL): Promise<string> {
  if (port !== '') throw new NotLookedAt(`${hostname} is served on a port of its own`);
  const answer = await ask(`http://${hostname}/`, { redirect: 'manual' });
  const location = answer.headers.get('location') ?? '';
  if (!location.startsWith(`https://${hostname}/`))
    throw new Error(`answers ${answer.status} instead of sending on to https`);
  return `sends on to ${location}`;
}

async function isReady({ origin }: URL): Promise<string> {
  const answer = await ask(`${origin}/readyz`);
  const { status } = (await answer.json()) as { status: string };
  if (!answer.ok) throw new Error(`the server says ${status} (${answer.status})`);
  return status;
}

async function servesPage({ origin }: URL): Promise<string> {
  const answer = await ask(origin);
  const text = await answer.text();
  if (!answer.ok || !text.includes('Confab')) throw new Error(`answers ${answer.status}`);
  const { hostname } = new URL(origin);
  // A browser would refuse everything on localhost without TLS from then on, and heeds it from no address (RFC 6797 §8.1.1).
  const isPublic = hostname !== 'localhost' && isIP(hostname) === 0;
  const wanted = ['content-security-policy', ...(isPublic ? ['strict-transport-security'] : [])];
  const missing = wanted.filter((name) => !answer.headers.has(name));
  if (missing.length > 0) throw new Error(`comes without ${missing.join(' and ')}`);
  return `${Buffer.byteLength(text)} bytes, guarded by its headers`;
}

async function keepsFigures({ origin }: URL): Promise<string> {
  const answer = await ask(`${origin}/metrics`);
  if (answer.status !== 404) throw new Error(`/metrics answers ${answer.status} to everybody`);
  return '/metrics is not for the outside';
}

/** Redis, the server itself and its figures, Caddy's and coturn's consoles. */
const innerPorts = [6379, 3000, 9100, 2019, 5766];

async function closedDoors(host: string): Promise<string> {
  const isOpen = await Promise.all(innerPorts.map((port) => opens(host, port)));
  const open = innerPorts.filter((_port, index) => isOpen[index]);
  if (open.length > 0) throw new Error(`open to everybody: ${open.join(', ')}`);
  return `${innerPorts.join(', ')} are`;
}

function opens(host: string, port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: 3_000 });
    const answer = (isOpen: boolean) => () => {
      socket.destroy();
      resolve(isOpen);
    };
    socket
      .once('connect', answer(true))
      .once('error', answer(false))
      .once('timeout', answer(false));
  });
}

function ask(url: string, more: RequestInit = {}): Promise<Response> {
  return fetch(url, { ...more, signal: AbortSignal.timeout(PATIENCE) });
}
