import { Refusal } from '@confab/protocol';
import type { Clock } from '../clock.ts';
import { allowances, Budget } from '../budget.ts';
import type { MeetingSocket } from './connection-state.ts';
import type { RequestHandlers } from './request-handler.ts';

/** What participants say of how their links go, for whoever runs the server (R114). */
export function linkRequests(clock: Clock): Pick<RequestHandlers, 'links:report'> {
  const reports = new WeakMap<MeetingSocket, Budget>();
  return {
    'links:report'(socket, counts) {
      const { meeting, participantId } = socket.data;
      const now = clock.now();
      const budget = reports.get(socket) ?? new Budget(allowances.reports, now);
      reports.set(socket, budget);
      if (budget.take(now) !== 'granted') throw new Refusal('too-many-requests');
      meeting.people.report(participantId, counts);
      return {};
    },
  };
}
