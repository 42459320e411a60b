import { rangeText, readRange } from './address-range.ts';
import { deniedNetworks } from './denied-networks.ts';
import { quotaFor } from './quota.ts';
import type { RelaySettings } from './relay-settings.ts';

type Version = [major: number, minor: number];

/** One line of coturn's configuration and why it is there. `null` is an option without a value. */
export type RelayOption = {
  name: string;
  value: string | number | null;
  reason: string;
  /** The first version of coturn that knows it. */
  since?: Version;
  /** The first version where it is the default, or gone. */
  until?: Version;
};

/** How long an allocation may live without being refreshed, and a nonce may be used. In seconds. */
const ORPHAN_LIFETIME = 600;

/** The one list that the configuration is written from. */
export function relayOptions(settings: RelaySettings): RelayOption[] {
  return [
    ...credentials(settings),
    ...challenges(settings),
    ...places(settings),
    ...transports(settings),
    ...limits(settings),
    ...closedDoors,
    ...peers(settings),
    ...surroundings(settings),
  ].filter(
    ({ since, until }) => !(isOlder(settings.version, since) || isFrom(settings.version, until)),
  );
}

function credentials({ secret, realm }: RelaySettings): RelayOption[] {
  return [
    option(
      'use-auth-secret',
      null,
      'short-lived credentials, made by the signaling server for those it has admitted',
    ),
    option(
      'static-auth-secret',
      secret,
      'what it signs them with: TURN_SECRET of the signaling server',
    ),
    option('realm', realm, 'goes into every challenge, so it is short'),
    option('stale-nonce', ORPHAN_LIFETIME, 'an overheard request is worth nothing afterwards'),
    {
      ...option('stateless-nonce', null, 'a challenge to a forged address costs no memory'),
      since: [4, 16],
      until: [4, 17],
    },
  ];
}

/** To whoever has shown no credential yet. */
function challenges({ maxParticipants }: RelaySettings): RelayOption[] {
  const links = maxParticipants * (maxParticipants - 1);
  const since: Version = [4, 14];
  return [
    {
      ...option(
        'unauthorized-ratelimit',
        null,
        'not many challenges a second to one address: it may be forged',
      ),
      since,
    },
    {
      ...option(
        'unauthorized-ratelimit-rps',
        links * 2,
        `so many all the same: a full meeting may sit behind one address, ${links} allocations, and twice as many while ICE restarts`,
      ),
      since,
    },
  ];
}

function places(settings: RelaySettings): RelayOption[] {
  const { listeningAddresses, relayAddresses, externalAddresses } = settings;
  return [
    ...listeningAddresses.map((address) =>
      option('listening-ip', address, 'where clients come to'),
    ),
    ...relayAddresses.map((address) =>
      option('relay-ip', address, 'where relayed packets come from'),
    ),
    ...externalAddresses.map((address, index) =>
      option(
        'external-ip',
        `${address}/${relayAddresses[index] ?? ''}`,
        'how the Internet sees it',
      ),
    ),
    option('min-port', settings.firstRelayPort, 'relays; the firewall lets these in over UDP'),
    option('max-port', settings.lastRelayPort, 'the last of them'),
  ];
}

function transports({ port, tls }: RelaySettings): RelayOption[] {
  const encrypted = tls
    ? [
        option('tls-listening-port', tls.port, 'for networks that let nothing out but TLS'),
        option('cert', tls.certificate, 'the whole chain, as browsers check it'),
        option('pkey', tls.key, 'its key'),
        { ...option('no-tlsv1', null, 'broken'), until: [4, 7] as Version },
        { ...option('no-tlsv1_1', null, 'broken'), until: [4, 7] as Version },
      ]
    : [option('no-tls', null, 'there is no certificate')];
  return [
    option('listening-port', port, 'UDP, and TCP for networks that drop UDP'),
    ...encrypted,
    {
      ...option('no-dtls', null, 'no browser needs it, and it costs memory before any credential'),
      until: [4, 17],
    },
  ];
}

function limits(settings: RelaySettings): RelayOption[] {
  const { maxParticipants, urls, firstRelayPort, lastRelayPort, maxBytesPerSecond } = settings;
  const quota = quotaFor(maxParticipants, urls, lastRelayPort - firstRelayPort + 1);
  const mesh = `${maxParticipants - 1} links × ${urls} addresses × 2 while ICE restarts`;
  return [
    option('user-quota', quota.perParticipant, `one participant: ${mesh}`),
    option(
      'total-quota',
      quota.total,
      `the ports less one in twenty; full meetings at once: ${quota.fullMeetings}`,
    ),
    option(
      'max-bps',
      maxBytesPerSecond,
      'bytes a second of one link, each way: a screen, a camera and a file',
    ),
    option('max-allocate-lifetime', ORPHAN_LIFETIME, 'ends what a closed laptop leaves behind'),
  ];
}

/** What coturn can do besides, and nobody here needs. */
const closedDoors: RelayOption[] = [
  option('no-tcp-relay', null, 'browsers never ask for TCP towards peers; attackers do (RFC 6062)'),
  option('no-multicast-peers', null, 'as the denied ranges say, once more'),
  { ...option('no-cli', null, 'an operator’s telnet'), until: [4, 10] },
  {
    ...option('no-rfc5780', null, 'long answers to short questions from forged addresses'),
    until: [4, 7],
  },
  { ...option('response-origin-only-with-rfc5780', null, 'the same'), until: [4, 7] },
  {
    ...option('no-stun-backward-compatibility', null, 'the same, for clients of 2003'),
    until: [4, 7],
  },
  {
    ...option('no-software-attribute', null, 'the version is nobody’s business, and it is long'),
    until: [4, 7],
  },
];

function peers({ relayAddresses, allowedPeers, deniedPeers }: RelaySettings): RelayOption[] {
  const deny = (network: string, reason: string) =>
    option('denied-peer-ip', rangeText(readRange(network)), reason);
  const allow = (network: string, reason: string) =>
    option('allowed-peer-ip', rangeText(readRange(network)), reason);
  return [
    ...deniedNetworks.map(({ network, reason }) => deny(network, reason)),
    ...deniedPeers.map((network) => deny(network, 'TURN_DENIED_PEERS')),
    // Checked before all denied ones.
    ...relayAddresses.map((address) =>
      allow(address, 'two people behind relays meet on this machine'),
    ),
    ...allowedPeers.map((network) => allow(network, 'TURN_ALLOWED_PEERS')),
  ];
}

function surroundings({ stateFolder }: RelaySettings): RelayOption[] {
  const files =
    stateFolder === null
      ? []
      : [
          option('userdb', `${stateFolder}/turn.sqlite`, 'unused, and opened all the same'),
          option('pidfile', `${stateFolder}/turnserver.pid`, 'where it may write'),
        ];
  return [
    ...files,
    option('log-file', 'stdout', 'whoever runs it keeps and rotates what it says'),
    option('simple-log', null, 'no date in the file’s name'),
  ];
}

function option(name: string, value: RelayOption['value'], reason: string): RelayOption {
  return { name, value, reason };
}

function isFrom(version: Version, first: Version | undefined): boolean {
  return first !== undefined && compare(version, first) >= 0;
}

function isOlder(version: Version, first: Version | undefined): boolean {
  return first !== undefined && compare(version, first) < 0;
}

function compare([major, minor]: Version, [otherMajor, otherMinor]: Version): number {
  return major - otherMajor || minor - otherMinor;
}
