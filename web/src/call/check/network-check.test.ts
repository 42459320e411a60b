import { Refusal } from '@confab/protocol';
import { expect, test } from 'vitest';
import type { CheckServers } from '../../connection/check/ask-server.ts';
import type { LinkTrial } from '../../connection/check/try-link.ts';
import { Unreachable } from '../../connection/meetings-api.ts';
import type { Finding, NetworkSubject } from './findings.ts';
import { type Probes, checkNetwork } from './network-check.ts';

const HOST = { type: 'host', protocol: 'udp', address: '192.0.2.7 5000' };
const REFLEXIVE = { type: 'srflx', protocol: 'udp', address: '198.51.100.7 5000' };
const RELAYED = { type: 'relay', protocol: 'udp', address: '203.0.113.7 5000' };

const trial = (more: Partial<LinkTrial> = {}): LinkTrial => ({
  candidates: [HOST],
  errors: [],
  isComplete: true,
  roundTrip: 1,
  ...more,
});
const nothing = trial({ candidates: [], roundTrip: null });
const silence = trial({ candidates: [], roundTrip: null, isComplete: false });

const stun = { urls: ['stun:turn.example.org'] };
const turn = (...urls: string[]) => ({ urls, username: 'u', credential: 'c' });
const everyWay = turn('turn:t', 'turn:t?transport=tcp', 'turns:t');
const offered = (...servers: RTCIceServer[]): CheckServers => ({ servers, relays: 'offered' });

/** What a trial gives by the addresses it is made with; with none of them, or STUN alone, what `direct` is. */
type Trials = { direct?: LinkTrial; udp?: LinkTrial; tcp?: LinkTrial; tls?: LinkTrial };

async function find(
  servers: CheckServers,
  trials: Trials = {},
  probes: Partial<Probes> = {},
): Promise<Record<NetworkSubject, Finding>> {
  const works = trial({ candidates: [RELAYED], roundTrip: 40 });
  const found: Partial<Record<NetworkSubject, Finding>> = {};
  await checkNetwork(
    {
      measureLatency: () => Promise.resolve(20),
      checkServers: () => Promise.resolve(servers),
      tryTransport: () => Promise.resolve(true),
      tryLink: ({ iceServers = [], iceTransportPolicy }) => {
        const url = [iceServers[0]?.urls ?? ''].flat()[0] ?? '';
        if (iceTransportPolicy !== 'relay') return Promise.resolve(trials.direct ?? trial());
        const way = url.startsWith('turns:') ? 'tls' : url.includes('tcp') ? 'tcp' : 'udp';
        return Promise.resolve(trials[way] ?? works);
      },
      ...probes,
    },
    (subject, finding) => (found[subject] = finding),
  );
  return found as Record<NetworkSubject, Finding>;
}

function namesOf(found: Record<NetworkSubject, Finding>) {
  const { udp, 'relay-udp': overUdp, 'relay-tcp': overTcp, 'relay-tls': overTls } = found;
  return [udp, overUdp, overTcp, overTls].map(({ name }) => name);
}

test('where everything works, everything is said to work, with how long it takes', async () => {
  const found = await find(offered(stun, everyWay), {
    direct: trial({ candidates: [HOST, REFLEXIVE] }),
  });
  expect(found.server).toEqual({ name: 'server-fine', ms: 20 });
  expect(found.signaling.name).toBe('signaling-fine');
  expect(namesOf(found)).toEqual(['udp-fine', 'relay-fine', 'relay-fine', 'relay-fine']);
  expect(found['relay-udp'].ms).toBe(20);
});

test('a server without STUN and TURN leaves nothing to measure, which is no fault', async () => {
  const found = await find({ servers: [], relays: 'none' });
  expect(namesOf(found)).toEqual(['udp-untested', 'relay-none', 'relay-none', 'relay-none']);
});

test('a relay that only guests may try is not measured, and not said to be missing', async () => {
  const found = await find({ servers: [], relays: 'withheld' });
  expect(new Set(namesOf(found))).toEqual(new Set(['relay-withheld']));
});

test('a way that no address of the relay goes is not configured', async () => {
  const found = await find(offered(turn('turn:t')));
  expect(namesOf(found)).toEqual([
    'udp-fine',
    'relay-fine',
    'relay-other-ways',
    'relay-other-ways',
  ]);
});

test.each<[string, Trials, string[]]>([
  [
    'a network without UDP goes by the relay',
    { direct: trial({ isComplete: false }), udp: silence },
    ['udp-avoided', 'relay-blocked', 'relay-fine', 'relay-fine'],
  ],
  [
    'a network with nothing but 443 goes by TLS',
    { direct: trial({ errors: [701] }), udp: silence, tcp: nothing },
    ['udp-avoided', 'relay-blocked', 'relay-blocked', 'relay-fine'],
  ],
  [
    'a relay that answers nobody is down',
    { direct: trial({ errors: [701] }), udp: silence, tcp: nothing, tls: nothing },
    ['udp-blocked', 'relay-silent', 'relay-silent', 'relay-silent'],
  ],
  [
    'a wrong secret is told as that, and shows that UDP passes',
    {
      direct: trial({ errors: [701] }),
      udp: { ...nothing, errors: [401] },
      tcp: { ...nothing, errors: [401] },
      tls: { ...nothing, errors: [401] },
    },
    ['udp-fine', 'relay-refuses', 'relay-refuses', 'relay-refuses'],
  ],
  [
    'a quota that is used up is told as that',
    { udp: { ...nothing, errors: [486] } },
    ['udp-fine', 'relay-full', 'relay-fine', 'relay-fine'],
  ],
  [
    'a relay that passes nothing on is told as that',
    { tls: trial({ candidates: [RELAYED], roundTrip: null }) },
    ['udp-fine', 'relay-fine', 'relay-fine', 'relay-mute'],
  ],
])('%s', async (_name, trials, names) => {
  expect(namesOf(await find(offered(stun, everyWay), trials))).toEqual(names);
});

test.each<[string, LinkTrial, string]>([
  ['a browser that gives out no address', nothing, 'udp-hidden'],
  ['a STUN server that gives none', trial(), 'udp-unclear'],
  ['a STUN server that is silent', trial({ isComplete: false }), 'udp-blocked'],
])('%s is told as that', async (_name, direct, name) => {
  const found = await find({ servers: [stun], relays: 'none' }, { direct });
  expect(found.udp.name).toBe(name);
});

test('a browser that cannot even connect to itself is told so', async () => {
  const direct = trial({ roundTrip: null });
  const found = await find({ servers: [], relays: 'none' }, { direct });
  expect(found.udp.name).toBe('udp-self-blocked');
});

test.each<[string, boolean, boolean]>([
  ['signaling-fine', true, true],
  ['signaling-polling', false, true],
  ['signaling-socket-only', true, false],
  ['signaling-none', false, false],
])('%s', async (name, websocket, polling) => {
  const tryTransport: Probes['tryTransport'] = (transport) =>
    Promise.resolve(transport === 'websocket' ? websocket : polling);
  const found = await find({ servers: [], relays: 'none' }, {}, { tryTransport });
  expect(found.signaling.name).toBe(name);
});

test.each<[string, Error]>([
  ['server-unreachable', new Unreachable()],
  ['server-refuses', new Refusal('origin-refused')],
  ['server-busy', new Refusal('too-many-requests')],
  ['server-outdated', new Refusal('unknown-request')],
])('%s, and then nothing else is measured', async (name, error) => {
  const found = await find(offered(), {}, { checkServers: () => Promise.reject(error) });
  expect(found.server.name).toBe(name);
  const others = [found.signaling, found.udp, found['relay-udp'], found['relay-tls']];
  expect(others.map((finding) => finding.name)).toEqual(others.map(() => 'no-server'));
});

test('a slow server is said to be slow', async () => {
  const measureLatency = () => Promise.resolve(800);
  const found = await find({ servers: [], relays: 'none' }, {}, { measureLatency });
  expect(found.server).toEqual({ name: 'server-slow', ms: 800 });
});
