import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { contains, readRange } from '../src/address-range.ts';
import { relayConfiguration } from '../src/configuration.ts';
import { deniedNetworks } from '../src/denied-networks.ts';
import { relayOptions } from '../src/options.ts';
import { quotaFor } from '../src/quota.ts';
import { readRelaySettings, relaySettingNames } from '../src/relay-settings.ts';

const TURN_SECRET = 'n0rth+S0uth/3ast=West.up_down-left1';

const linesFor = (more: Record<string, string> = {}) =>
  relayConfiguration(readRelaySettings({ TURN_SECRET, ...more })).split('\n');

const problemsOf = (settings: Record<string, string>) => {
  try {
    readRelaySettings({ TURN_SECRET, ...settings });
  } catch (error) {
    return (error as Error).message;
  }
  return '';
};

test('every option has a reason, and every line is an option or a reason', () => {
  const options = relayOptions(readRelaySettings({ TURN_SECRET }));
  expect(options.filter(({ reason }) => reason === '')).toEqual([]);
  const lines = linesFor().filter((line) => line !== '');
  expect(lines.filter((line) => !line.startsWith('#'))).toHaveLength(options.length);
  expect(lines.filter((line) => line.startsWith('#'))).toHaveLength(options.length + 1);
});

test('nothing that gives a way in is configured', () => {
  const names = relayOptions(readRelaySettings({ TURN_SECRET })).map(({ name }) => name);
  for (const name of [
    'no-auth',
    'lt-cred-mech',
    'user',
    'oauth',
    'mobility',
    'server-relay',
    'web-admin',
  ])
    expect(names).not.toContain(name);
  expect(names).not.toContain('allow-loopback-peers');
  expect(names).not.toContain('prometheus');
  for (const name of ['use-auth-secret', 'no-tcp-relay', 'no-multicast-peers', 'no-cli'])
    expect(names).toContain(name);
});

test('every special network is denied, in its own family and as one that IPv6 hides', () => {
  const lines = linesFor();
  for (const { network, target } of deniedNetworks) {
    expect([target, contains(readRange(network), target)]).toEqual([target, true]);
    const { first, last, family } = readRange(network);
    const size = last - first + 1n;
    expect([network, size & (size - 1n), first % size]).toEqual([network, 0n, 0n]);
    expect([4, 6]).toContain(family);
  }
  expect(lines.filter((line) => line.startsWith('denied-peer-ip='))).toHaveLength(
    deniedNetworks.length,
  );
  const isDenied = (address: string) =>
    deniedNetworks.some(({ network }) => contains(readRange(network), address));
  for (const hidden of [
    '::ffff:127.0.0.1',
    '::127.0.0.1',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
    '::',
    '::1',
  ])
    expect([hidden, isDenied(hidden)]).toEqual([hidden, true]);
  for (const open of ['1.1.1.1', '9.255.255.255', '11.0.0.0', '172.32.0.0', '2600::1', '2a00::1'])
    expect([open, isDenied(open)]).toEqual([open, false]);
});

test('quotas are the mesh’s arithmetic', () => {
  // 11 links, 3 addresses, twice; 12 such people.
  expect(quotaFor(12, 3, 1000)).toEqual({
    perParticipant: 66,
    total: 950,
    fullMeetings: 1,
    neededPorts: 834,
  });
  expect(linesFor({ MAX_PARTICIPANTS: '8', TURN_URLS: 'turn:a,turns:a' })).toContain(
    'user-quota=28',
  );
  expect(problemsOf({ TURN_RELAY_PORTS: '50000-50500' })).toContain('needs 834 ports');
});

test('a relay behind NAT meets itself by its own address', () => {
  const lines = linesFor({ TURN_RELAY_IPS: '10.0.0.5', TURN_EXTERNAL_IPS: '8.8.4.4' });
  expect(lines).toContain('external-ip=8.8.4.4/10.0.0.5');
  expect(lines).toContain('allowed-peer-ip=10.0.0.5');
});

test('each version of coturn gets what it knows', () => {
  const old = linesFor();
  const recent = linesFor({ TURN_VERSION: '4.17.2' });
  expect(old).toContain('no-cli');
  expect(old).not.toContain('unauthorized-ratelimit');
  expect(recent).toContain('unauthorized-ratelimit');
  for (const gone of ['no-cli', 'no-rfc5780', 'no-dtls', 'stateless-nonce'])
    expect(recent).not.toContain(gone);
  expect(linesFor({ TURN_VERSION: '4.16' })).toContain('stateless-nonce');
});

test('TLS comes with a certificate, on any port', () => {
  expect(linesFor()).toContain('no-tls');
  const lines = linesFor({ TURN_CERT: '/c.pem', TURN_KEY: '/k.pem', TURN_TLS_PORT: '443' });
  expect(lines).not.toContain('no-tls');
  expect(lines).toEqual(
    expect.arrayContaining(['tls-listening-port=443', 'cert=/c.pem', 'pkey=/k.pem']),
  );
});

test.each([
  ['TURN_SECRET', { TURN_SECRET: '' }],
  ['TURN_SECRET', { TURN_SECRET: 'short' }],
  ['TURN_SECRET', { TURN_SECRET: `${TURN_SECRET}\nno-auth` }],
  ['TURN_REALM', { TURN_REALM: 'a b' }],
  ['TURN_RELAY_IPS', { TURN_RELAY_IPS: 'relay.example' }],
  ['TURN_EXTERNAL_IPS', { TURN_EXTERNAL_IPS: '8.8.8.8' }],
  ['TURN_CERT', { TURN_CERT: '/c.pem' }],
  ['TURN_CERT', { TURN_CERT: '/c.pem\nno-auth', TURN_KEY: '/k.pem' }],
  ['TURN_RELAY_PORTS', { TURN_RELAY_PORTS: '60000-50000' }],
  ['TURN_RELAY_PORTS', { TURN_RELAY_PORTS: 'many' }],
  ['TURN_DENIED_PEERS', { TURN_DENIED_PEERS: '10.0.0.1/8' }],
  ['TURN_ALLOWED_PEERS', { TURN_ALLOWED_PEERS: 'all' }],
  ['TURN_PORT', { TURN_PORT: '70000' }],
  ['TURN_VERSION', { TURN_VERSION: 'latest' }],
])('%s is refused by its name where it cannot be used, and not shown', (name, settings) => {
  const problems = problemsOf(settings);
  expect(problems).toContain(`${name}: `);
  expect(problems).not.toContain(TURN_SECRET);
});

test('README.md lists every setting', () => {
  const page = readFileSync(new URL('../README.md', import.meta.url), 'utf8');
  const listed = [...page.matchAll(/^\| `([A-Z_]+)`/gm)].map(([, name]) => name);
  expect(listed).toEqual(relaySettingNames);
});
