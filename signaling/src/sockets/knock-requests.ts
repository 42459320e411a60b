import { Refusal } from '@confab/protocol';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { TokenMaker } from '../tokens/token-maker.ts';
import { allowances, Budget } from '../budget.ts';
import { waitersOf } from './connection-state.ts';
import type { MeetingServer, MeetingSocket } from './connection-state.ts';
import type { RequestHandlers } from './request-handler.ts';

export type KnockRequestParts = {
  io: MeetingServer;
  /** The connection of that name, whichever node it leads to. */
  connectionNamed: (name: string) => MeetingSocket | undefined;
  tokens: TokenMaker;
  clock: Clock;
  log: Log;
};

type KnockRequests = Pick<
  RequestHandlers,
  'door:knock' | 'knock:admit' | 'knock:deny' | 'knock:tell'
>;

/** Waiting to be let in, and what hosts answer (R71, R72). */
export function knockRequests(parts: KnockRequestParts): KnockRequests {
  const { io, connectionNamed, tokens, clock, log } = parts;
  const knocks = new WeakMap<MeetingSocket, Budget>();
  return {
    async 'door:knock'(socket, arriving) {
      const state = socket.data;
      const budget = knocks.get(socket) ?? new Budget(allowances.knocks, clock.elapsed());
      knocks.set(socket, budget);
      if (budget.take(clock.elapsed()) !== 'granted') throw new Refusal('too-many-requests');
      const { meeting, participantId, ticket } = state;
      const { token, tokenLifetime, expiresAt } = await tokens.participant(meeting.id, ticket);
      // A connection that was lost meanwhile must not wait: nobody would ever lose it again.
      if (!socket.connected || state.joined) throw new Refusal('wrong-state');
      const { place, replaced } = meeting.knock(ticket, socket.id, arriving);
      state.waits = place > 0;
      if (state.waits) void socket.join(waitersOf(meeting));
      state.unseatedSince = clock.elapsed();
      state.expiresAt = expiresAt;
      const older = replaced === null ? undefined : connectionNamed(replaced);
      older?.emit('seat:taken', {});
      older?.disconnect(true);
      await meeting.kept();
      log.info('somebody knocks', { meetingId: meeting.id, participantId, count: place });
      return { place, token, tokenLifetime };
    },
    async 'knock:admit'({ data: { meeting, participantId: by } }, { participants }) {
      const connections = meeting.door.admit(participants, meeting.terms.capacity);
      await meeting.kept();
      letIn(parts, connections);
      log.info('let in', { meetingId: meeting.id, count: connections.length, by });
      return {};
    },
    async 'knock:deny'({ data: { meeting, participantId: by } }, { participant }) {
      const name = meeting.door.waiting.deny(participant);
      const connection = name === null ? undefined : connectionNamed(name);
      if (connection !== undefined) connection.data.waits = false;
      connection?.emit('knock:answered', { admitted: false });
      connection?.disconnect(true);
      await meeting.kept();
      log.info('not let in', { meetingId: meeting.id, participantId: participant, by });
      return {};
    },
    'knock:tell'({ data: { meeting } }, { participant, sealed }) {
      io.to(meeting.door.waiting.connectionOf(participant)).emit('knock:told', { sealed });
      return {};
    },
  };
}

/** Tells those who waited that they may take their seats, within the time that everybody has for it. */
export function letIn(
  { io, connectionNamed, clock }: Pick<KnockRequestParts, 'io' | 'connectionNamed' | 'clock'>,
  connections: string[],
): void {
  for (const name of connections) {
    const state = connectionNamed(name)?.data;
    if (state !== undefined) Object.assign(state, { waits: false, unseatedSince: clock.elapsed() });
    io.to(name).emit('knock:answered', { admitted: true });
  }
}
