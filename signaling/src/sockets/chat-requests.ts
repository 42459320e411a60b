import { Refusal } from '@confab/protocol';
import type { ChatMessage } from '@confab/protocol';
import type { Clock } from '../clock.ts';
import type { Chats } from '../meetings/chats.ts';
import type { Metrics } from '../metrics.ts';
import { allowances } from '../budget.ts';
import { roomOf } from './connection-state.ts';
import type { MeetingServer, MeetingSocket } from './connection-state.ts';
import { ParticipantBudgets } from '../participant-budgets.ts';
import type { RequestHandlers } from './request-handler.ts';

export type ChatRequestParts = {
  io: MeetingServer;
  chats: Chats;
  clock: Clock;
  metrics: Metrics;
};

/** The meeting's chat: kept, then delivered, then acknowledged (R42); and what of it somebody missed (R43). */
export function chatRequests({
  io,
  chats,
  clock,
  metrics,
}: ChatRequestParts): Pick<RequestHandlers, 'chat:send' | 'chat:read'> {
  const budgets = new ParticipantBudgets(allowances.chat);
  return {
    async 'chat:send'(socket, sent) {
      const { meeting, participantId } = socket.data;
      const chat = chats.of(meeting.id);
      if (!chat.knows(participantId, sent.id)) {
        if (sent.to === participantId || (sent.to !== undefined && !meeting.hasSeat(sent.to)))
          throw new Refusal('participant-not-found');
        if (!budgets.take(participantId, clock.elapsed())) throw new Refusal('too-many-requests');
      }
      const { message, isNew } = await chat.accept(participantId, sent, clock.now());
      if (isNew) {
        metrics.chat.inc();
        deliver(io, socket, message);
      }
      return { seq: message.seq, at: message.at };
    },
    'chat:read'(socket, { after }) {
      const { meeting, participantId } = socket.data;
      return chats.of(meeting.id).read(participantId, after);
    },
  };
}

/** To everybody but the connection that sent it, or to one participant alone. */
function deliver(io: MeetingServer, socket: MeetingSocket, message: ChatMessage): void {
  const { meeting } = socket.data;
  if (message.to === undefined) {
    socket.to(roomOf(meeting)).emit('chat:received', message);
    return;
  }
  // The sender may have come back on another connection while the message was being kept.
  for (const participantId of [message.to, message.from]) {
    const connection = meeting.connectionOf(participantId);
    if (connection !== undefined && connection !== socket.id)
      io.to(connection).emit('chat:received', message);
  }
}
