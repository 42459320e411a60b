import { Refusal } from '@confab/protocol';
import type { Clock } from '../clock.ts';
import { allowances, Budget } from '../budget.ts';
import { roomOf } from './connection-state.ts';
import type { MeetingSocket } from './connection-state.ts';
import type { RequestHandlers } from './request-handler.ts';

/** Signs without words: a raised hand, which is kept (R57); a reaction, which is not (R58); and being away (R59). */
export function signRequests(
  clock: Clock,
): Pick<RequestHandlers, 'hand:raise' | 'hand:lower' | 'away:set' | 'reaction:send'> {
  const reactions = new WeakMap<MeetingSocket, Budget>();
  return {
    async 'hand:raise'(socket) {
      const { meeting, participantId } = socket.data;
      meeting.people.setHand(participantId, true);
      await meeting.kept();
      return {};
    },
    async 'hand:lower'(socket, { participant }) {
      const { meeting, participantId } = socket.data;
      const whose = participant ?? participantId;
      if (whose !== participantId && !meeting.roles.isHost(participantId))
        throw new Refusal('forbidden');
      meeting.people.setHand(whose, false);
      await meeting.kept();
      return {};
    },
    'away:set'(socket, { away }) {
      socket.data.meeting.people.setAway(socket.data.participantId, away);
      return {};
    },
    'reaction:send'(socket, { sealed }) {
      const { meeting, participantId } = socket.data;
      const now = clock.now();
      const budget = reactions.get(socket) ?? new Budget(allowances.reactions, now);
      reactions.set(socket, budget);
      if (budget.take(now) !== 'granted') throw new Refusal('too-many-requests');
      socket
        .to(roomOf(meeting))
        .volatile.emit('reaction:received', { from: participantId, sealed });
      return {};
    },
  };
}
