import { checkCall } from '@confab/protocol';
import { callServer, Unreachable } from '../meetings-api.ts';
import type { MeetingLink } from '../meeting-link.ts';
import { deriveProof } from '../sealing/proof.ts';
import { SignalingClient } from '../signaling-client.ts';
import type { Transport } from '../transport-order.ts';
import { median } from './median.ts';

/** What the server says may be tried (R60). */
export type CheckServers = {
  servers: RTCIceServer[];
  relays: 'none' | 'offered' | 'withheld';
};

/** Asks for STUN and TURN servers, proving `link` where there is one. Throws {@link Unreachable} or a Refusal. */
export async function checkServers(link: MeetingLink | null): Promise<CheckServers> {
  const proven = link?.secret
    ? { meetingId: link.meetingId, proof: await deriveProof(link.secret) }
    : {};
  const answer = checkCall.answer.safeParse(await callServer('/api/check', proven));
  if (!answer.success) throw new Unreachable();
  const { iceServers, relays } = answer.data;
  // The browser's type tells what is left out from what is undefined.
  return { servers: iceServers as RTCIceServer[], relays };
}

const ROUNDS = 5;
const PATIENCE_MS = 6_000;

/** Milliseconds for a question to the server and its answer, the middle one of five. Throws {@link Unreachable}. */
export async function measureLatency(): Promise<number> {
  const times: number[] = [];
  // The first one makes the connection, and is not counted.
  for (let round = 0; round <= ROUNDS; round++) {
    const started = performance.now();
    const options: RequestInit = { cache: 'no-store', signal: AbortSignal.timeout(PATIENCE_MS) };
    const answer = await fetch('/healthz', options).catch((error: unknown) => {
      throw new Unreachable(error);
    });
    await answer.arrayBuffer();
    if (!answer.ok) throw new Unreachable();
    if (round > 0) times.push(performance.now() - started);
  }
  return median(times);
}

/**
 * Whether the server can be talked to over `transport` alone. The connection asks for no seat, so the server refuses it; that it says so
 * is the proof.
 */
export function tryTransport(transport: Transport): Promise<boolean> {
  const client = new SignalingClient({ transports: [transport], token: () => '' });
  let timer: ReturnType<typeof setTimeout> | undefined;
  const outcome = new Promise<boolean>((resolve) => {
    timer = setTimeout(() => resolve(false), PATIENCE_MS);
    client.events.on('refused', () => resolve(true));
    client.events.on('connected', () => resolve(true));
    client.events.on('trying', () => resolve(false));
  });
  client.connect();
  return outcome.finally(() => {
    clearTimeout(timer);
    client.close();
  });
}
