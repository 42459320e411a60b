import { isIP } from 'node:net';
import * as z from 'zod';
import { readRange } from './address-range.ts';
import { quotaFor } from './quota.ts';

const items = (text: string) => text.split(',').flatMap((item) => item.trim() || []);

const listOf = (fits: (item: string) => boolean, message: string) =>
  z
    .string()
    .default('')
    .transform(items)
    .refine((list) => list.every(fits), message);

const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d{1,10}$/, `must be a whole number from ${least} to ${most}`)
    .transform(Number)
    .refine((value) => value >= least && value <= most, `must be from ${least} to ${most}`);

const isAddress = (text: string) => isIP(text) > 0 && !text.includes('%');
const addresses = listOf(isAddress, 'must list addresses');
const networks = listOf(isRange, 'must list networks like 10.0.0.0/8');
const aPath = z.string().regex(/^\S+$/, 'must be a path without spaces');

const environment = z.object({
  TURN_SECRET: z
    .string('is missing')
    .min(32, 'is shorter than 32 characters')
    // Whatever else means something in coturn's file, or in a shell on the way to it.
    .regex(/^[\w+/=.-]+$/, 'may have letters, digits and + / = . _ - only'),
  TURN_URLS: z.string().default('').transform(items),
  MAX_PARTICIPANTS: wholeNumber(2, 64).default(12),
  TURN_REALM: z
    .string()
    .regex(/^[\w.-]{1,64}$/, 'may have letters, digits and . _ - only, 64 at most')
    .default('confab'),
  TURN_LISTENING_IPS: addresses,
  TURN_RELAY_IPS: addresses,
  TURN_EXTERNAL_IPS: addresses,
  TURN_PORT: wholeNumber(1, 65_535).default(3478),
  TURN_TLS_PORT: wholeNumber(1, 65_535).default(5349),
  TURN_CERT: aPath.optional(),
  TURN_KEY: aPath.optional(),
  TURN_RELAY_PORTS: z
    .string()
    .regex(/^\d{4,5}-\d{4,5}$/, 'must be like 49152-65535')
    .default('49152-65535'),
  TURN_MAX_BPS: wholeNumber(50_000, 1_000_000_000).default(1_500_000),
  TURN_ALLOWED_PEERS: networks,
  TURN_DENIED_PEERS: networks,
  TURN_STATE_DIR: aPath.optional(),
  TURN_VERSION: z
    .string()
    .regex(/^\d\.\d{1,2}(\.\d+)*$/, 'must be like 4.17')
    .default('4.6'),
});
type Environment = z.infer<typeof environment>;

/** Every variable that is read. */
export const relaySettingNames = Object.keys(environment.shape);

/** What coturn's configuration is made from. */
export type RelaySettings = {
  secret: string;
  realm: string;
  /** Addresses of this machine that clients come to; all of them when empty. */
  listeningAddresses: string[];
  /** Addresses of this machine that relayed packets come from; where clients come to when empty. */
  relayAddresses: string[];
  /** The same addresses as the Internet sees them, one for each relay address; empty without NAT in between. */
  externalAddresses: string[];
  port: number;
  /** Null without a certificate. The paths are those of PEM files. */
  tls: { port: number; certificate: string; key: string } | null;
  firstRelayPort: number;
  lastRelayPort: number;
  maxParticipants: number;
  /** How many TURN addresses the signaling server hands out. */
  urls: number;
  /** Of one allocation, each way. */
  maxBytesPerSecond: number;
  /** Networks that relays may speak to although they are special. */
  allowedPeers: string[];
  /** Further ones that they may not. */
  deniedPeers: string[];
  /** Where coturn keeps its own files; wherever it likes when null. */
  stateFolder: string | null;
  /** coturn's. */
  version: [major: number, minor: number];
};

/** A setting cannot be used; the message is a line for each that names it and does not show it. */
export class RelaySettingsError extends Error {
  override readonly name = 'RelaySettingsError';
}

/** Reads and checks all settings. Throws {@link RelaySettingsError}. */
export function readRelaySettings(source: Record<string, string | undefined>): RelaySettings {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''));
  const parsed = environment.safeParse(given);
  const problems = parsed.success
    ? contradictions(parsed.data)
    : parsed.error.issues.map(({ path, message }) => `${String(path[0])}: ${message}.`);
  if (!parsed.success || problems.length > 0) throw new RelaySettingsError(problems.join('\n'));
  return settingsFrom(parsed.data);
}

function settingsFrom(env: Environment): RelaySettings {
  const { first, last } = portsIn(env.TURN_RELAY_PORTS);
  const [major, minor] = env.TURN_VERSION.split('.').map(Number);
  return {
    secret: env.TURN_SECRET,
    realm: env.TURN_REALM,
    listeningAddresses: env.TURN_LISTENING_IPS,
    relayAddresses: env.TURN_RELAY_IPS,
    externalAddresses: env.TURN_EXTERNAL_IPS,
    port: env.TURN_PORT,
    tls:
      env.TURN_CERT !== undefined && env.TURN_KEY !== undefined
        ? { port: env.TURN_TLS_PORT, certificate: env.TURN_CERT, key: env.TURN_KEY }
        : null,
    firstRelayPort: first,
    lastRelayPort: last,
    maxParticipants: env.MAX_PARTICIPANTS,
    urls: urlsOf(env),
    maxBytesPerSecond: env.TURN_MAX_BPS,
    allowedPeers: env.TURN_ALLOWED_PEERS,
    deniedPeers: env.TURN_DENIED_PEERS,
    stateFolder: env.TURN_STATE_DIR ?? null,
    version: [major ?? 0, minor ?? 0],
  };
}

/** What is wrong only in view of another setting. */
function contradictions(env: Environment): string[] {
  const problems: string[] = [];
  const wrong = (found: boolean, line: string) => found && problems.push(line);
  wrong(
    env.TURN_EXTERNAL_IPS.length > 0 && env.TURN_EXTERNAL_IPS.length !== env.TURN_RELAY_IPS.length,
    'TURN_EXTERNAL_IPS: needs one address for each of TURN_RELAY_IPS.',
  );
  wrong(
    (env.TURN_CERT === undefined) !== (env.TURN_KEY === undefined),
    'TURN_CERT: must be set together with TURN_KEY.',
  );
  const { first, last } = portsIn(env.TURN_RELAY_PORTS);
  if (first < 1024 || last > 65_535 || first > last)
    problems.push('TURN_RELAY_PORTS: must be like 49152-65535.');
  else {
    const { fullMeetings, neededPorts } = quotaFor(
      env.MAX_PARTICIPANTS,
      urlsOf(env),
      last - first + 1,
    );
    wrong(
      fullMeetings < 1,
      `TURN_RELAY_PORTS: a full meeting needs ${neededPorts} ports (see MAX_PARTICIPANTS and TURN_URLS).`,
    );
  }
  return problems;
}

/** UDP, TCP and TLS where nobody says otherwise. */
function urlsOf({ TURN_URLS }: Environment): number {
  return TURN_URLS.length || 3;
}

function portsIn(text: string): { first: number; last: number } {
  const [first = 0, last = 0] = text.split('-').map(Number);
  return { first, last };
}

function isRange(text: string): boolean {
  try {
    readRange(text);
    return true;
  } catch {
    return false;
  }
}
