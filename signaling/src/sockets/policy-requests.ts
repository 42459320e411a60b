import type { Policy } from '@confab/protocol';
import type { Log } from '../log.ts';
import { letIn } from './knock-requests.ts';
import type { KnockRequestParts } from './knock-requests.ts';
import type { RequestHandlers } from './request-handler.ts';

export type PolicyRequestParts = Omit<KnockRequestParts, 'tokens'> & { log: Log };

/** What a host decides for the whole meeting (R48, R70). */
export function policyRequests(parts: PolicyRequestParts): Pick<RequestHandlers, 'policy:set'> {
  return {
    async 'policy:set'({ data: { meeting, participantId } }, change) {
      const before = meeting.policy;
      const { locked = before.locked, waitingRoom = before.waitingRoom } = change;
      const policy: Policy = { locked, waitingRoom };
      meeting.setPolicy(policy);
      try {
        await meeting.kept();
      } catch (fault) {
        // R41: what cannot be kept is not acknowledged, unless somebody has set another one meanwhile.
        if (meeting.policy === policy) meeting.setPolicy(before);
        throw fault;
      }
      if (change.waitingRoom === false) {
        const connections = meeting.door.waiting.open();
        await meeting.kept();
        letIn(parts, connections);
      }
      parts.log.info('policy set', { meetingId: meeting.id, participantId });
      return {};
    },
  };
}
