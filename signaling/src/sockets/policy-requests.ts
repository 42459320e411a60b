import { Refusal } from '@confab/protocol';
import { hashPasscode } from '../meetings/passcode.ts';
import { letIn } from './knock-requests.ts';
import type { KnockRequestParts } from './knock-requests.ts';
import type { RequestHandlers } from './request-handler.ts';

export type PolicyRequestParts = Omit<KnockRequestParts, 'tokens'>;

/** What a host decides for the whole meeting (R48, R70, R73). */
export function policyRequests(parts: PolicyRequestParts): Pick<RequestHandlers, 'policy:set'> {
  return {
    async 'policy:set'({ data: { meeting, participantId } }, { passcode, ...change }) {
      const passcodeHash = typeof passcode === 'string' ? await hashPasscode(passcode) : passcode;
      // Hashing takes its time, in which the role may have been taken away.
      if (!meeting.roles.isHost(participantId)) throw new Refusal('forbidden');
      const locks = change.locked === true && !meeting.rules.policy.locked;
      const letAgain = locks ? meeting.door.waiting.takeBack() : undefined;
      const decision = { ...change, passcodeHash };
      const undo = meeting.rules.decide(decision);
      const connections = meeting.door.open(meeting.rules.record, decision);
      try {
        await meeting.kept();
      } catch (fault) {
        // R41: what cannot be kept is not acknowledged.
        undo();
        letAgain?.();
        throw fault;
      } finally {
        letIn(parts, connections);
      }
      parts.log.info('policy set', { meetingId: meeting.id, participantId });
      return {};
    },
  };
}
