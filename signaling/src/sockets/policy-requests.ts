import type { Log } from '../log.ts';
import type { RequestHandlers } from './request-handler.ts';

/** What a host decides for the whole meeting (R48). */
export function policyRequests(log: Log): Pick<RequestHandlers, 'policy:set'> {
  return {
    async 'policy:set'({ data: { meeting, participantId } }, policy) {
      const before = meeting.policy;
      meeting.setPolicy(policy);
      try {
        await meeting.kept();
      } catch (fault) {
        // R41: what cannot be kept is not acknowledged, unless somebody has set another one meanwhile.
        if (meeting.policy === policy) meeting.setPolicy(before);
        throw fault;
      }
      log.info('policy set', { meetingId: meeting.id, participantId });
      return {};
    },
  };
}
