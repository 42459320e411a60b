import { expect, vi } from 'vitest';
import { Doorstep } from '../doorstep.ts';
import { type MeetingEvents, type RefusedSignals } from '../meeting-events.ts';
import { MeetingConnection, type MeetingConnectionOptions } from '../meeting-connection.ts';
import { toBase64url } from '../sealing/base64url.ts';
import { type Surroundings } from '../surroundings.ts';
import { FakeConnection, fakeFingerprint } from './fake-connection.ts';
import { type Relayed, FakeServer } from './fake-server.ts';
import { ManualClock } from './manual-clock.ts';

/** The meeting of all pages of these tests. */
export const meetingId = toBase64url(new Uint8Array(16).fill(1));
/** Its link's secret. */
export const secret = toBase64url(new Uint8Array(32).fill(2));
/** An id of which every byte is this one. */
export const idOf = (byte: number) => toBase64url(new Uint8Array(16).fill(byte));
/** A secret of 32 bytes of which every byte is this one. */
export const secretOf = (byte: number) => toBase64url(new Uint8Array(32).fill(byte));

/** Who is always there. */
export const alice = idOf(10);
/** Who is there with Alice. */
export const bob = idOf(11);
/** A third. */
export const cleo = idOf(12);

// Sealing takes the time it takes on a busy machine.
vi.setConfig({ testTimeout: 60_000 });

/** Waits until the check holds. */
export const eventually = (check: () => void) =>
  vi.waitFor(check, { timeout: 30_000, interval: 10 });

/** A page in the meeting, with what it was told. */
export function page(
  server: FakeServer,
  id: string,
  name: string,
  admit: MeetingConnectionOptions['admit'] = () => Promise.reject(new Error('not asked for here')),
  more: { doorstep?: Doorstep; resume?: string | undefined } = {},
) {
  const clock = new ManualClock();
  const fingerprint = fakeFingerprint(id.charCodeAt(0) + id.charCodeAt(2));
  const connections: FakeConnection[] = [];
  const surroundings: Surroundings = {
    clock,
    certificate: () => Promise.resolve({ certificate: {} as RTCCertificate, fingerprint }),
    connectTo: (options) => server.connectTo(options),
    openConnection: (_settings, options, listener) => {
      const connection = new FakeConnection(options, listener, fingerprint);
      connections.push(connection);
      return connection;
    },
  };
  const meeting = new MeetingConnection(
    {
      meetingId,
      secret,
      admission: { token: id, participantId: id, role: 'participant', tokenLifetime: 3_600 },
      name,
      media: { microphone: true, camera: true },
      tracks: {},
      admit,
      doorstep: more.doorstep,
      resume: more.resume ?? null,
    },
    surroundings,
  );
  const links: Record<string, string> = {};
  const refused: Record<string, RefusedSignals> = {};
  const states: string[] = [];
  let names: (string | null)[] = [];
  meeting.events.on('link', (link) => (links[link.participantId] = link.standing));
  meeting.events.on('refused', (news) => (refused[news.participantId] = news.refused));
  const seats: MeetingEvents['seat'][] = [];
  const seen = { forgotten: false };
  meeting.events.on('connection', (state) => {
    states.push(state.status);
    if (state.status === 'reconnecting' && state.forgotten) seen.forgotten = true;
  });
  meeting.events.on('seat', (seat) => seats.push(seat));
  meeting.events.on('participants', (all) => (names = all.map((one) => one.name)));
  return {
    meeting,
    clock,
    connections,
    links,
    refused,
    states,
    seats,
    names: () => names,
    get forgotten() {
      return seen.forgotten;
    },
  };
}

/** What {@link page} gives. */
export type Page = ReturnType<typeof page>;
/** Of whom nothing was refused. */
export const nothing = { fingerprint: 0, altered: 0, repeated: 0, stale: 0 };

/** Alice's and Bob's pages, both joined. */
export async function two(relay?: (signal: Relayed) => Relayed[]) {
  const server = new FakeServer();
  if (relay) server.relay = relay;
  const a = page(server, alice, 'Alice');
  const b = page(server, bob, 'Bob');
  await a.meeting.join();
  await b.meeting.join();
  return { server, a, b };
}

/** Waits until `one` has an open link with `other`. */
export const connected = (one: Page, other: string) =>
  eventually(() => expect(one.links[other] ?? 'no link').toBe('ok'));
