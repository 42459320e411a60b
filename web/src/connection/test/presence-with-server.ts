import { Refusal, type RefusalCode } from '@confab/protocol';
import { Emitter } from '../emitter.ts';
import { ServerPresence } from '../server-presence.ts';
import type { SignalingEvents } from '../signaling-client.ts';
import { pageSurroundings } from '../surroundings.ts';
import { ManualClock } from './manual-clock.ts';
import { person } from './sealed-people.ts';

/** A presence, and a server that answers each join as the test says. */
export async function presence({ resume }: { resume?: string } = {}) {
  const { self, sealer, participant } = await person(10, 1);
  const clock = new ManualClock();
  const events = new Emitter<SignalingEvents>();
  const log: string[] = [];
  const shown: unknown[] = [];
  const claims: unknown[] = [];
  let joins = 0;
  let renewals = 0;
  let isSilent = false;
  let answer: RefusalCode | { participantId: string } = { participantId: self.participantId };
  const client = {
    events,
    connect: () => log.push('connect'),
    reconnect: () => {
      log.push('reconnect');
      events.emit('trying', null);
    },
    send: () => undefined,
    close: () => log.push('close'),
    request: (name: string, payload: { resume?: string }) => {
      if (isSilent) return new Promise(() => undefined);
      const fresh = { iceServers: [], tokenLifetime: 600 };
      if (name === 'token:renew') {
        renewals += 1;
        return Promise.resolve({ ...fresh, token: `renewed ${renewals}` });
      }
      if (name !== 'meeting:join') return Promise.resolve({});
      shown.push(payload.resume);
      if (typeof answer === 'string') return Promise.reject(new Refusal(answer));
      joins += 1;
      const snapshot = { version: 1, participants: [], policy: { locked: false } };
      return Promise.resolve({
        ...fresh,
        ...answer,
        snapshot,
        token: `token ${joins}`,
        resume: `resume ${joins}`,
      });
    },
  };
  const surroundings = { ...pageSurroundings, clock, connectTo: () => client as never };
  const server = new ServerPresence({
    admission: {
      token: 'first',
      participantId: self.participantId,
      role: 'host',
      tokenLifetime: 600,
    },
    resume,
    entry: { self, sealer, hello: participant.hello },
    media: { microphone: true, camera: true },
    surroundings,
    listener: {
      onSeated: () => log.push('seated'),
      onTransport: (transport) => log.push(transport),
      onAway: () => log.push('away'),
      onLoss: ({ attempt, forgotten, silent }) =>
        log.push(`lost ${attempt}${forgotten ? ' forgotten' : ''}${silent ? ' silent' : ''}`),
      onRefused: (code) => log.push(code),
      onClaim: (claim) => claims.push(claim),
      onIceServers: () => log.push('ice'),
    },
  });
  const settle = async () => {
    for (let turn = 0; turn < 10; turn++) await Promise.resolve();
  };
  const connected = async (next: typeof answer = own) => {
    answer = next;
    log.length = 0;
    events.emit('connected', 'websocket');
    await settle();
  };
  const own = { participantId: self.participantId };
  const fallSilent = () => (isSilent = true);
  return { server, clock, events, log, shown, claims, connected, settle, fallSilent, own };
}

/** What a presence tells when it has its seat. */
export const seated = ['ice', 'seated', 'websocket'];
