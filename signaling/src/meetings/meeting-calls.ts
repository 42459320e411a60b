import type { AdmissionAnswer, AdmissionRequest, MeetingDescription } from '@confab/protocol';
import { admit, provesLink } from './admission.ts';
import type { AdmissionParts } from './admission.ts';

/** What is known of a meeting at its door: `open` with what a visitor may know, unless it is locked. */
export type Standing =
  | { state: 'open'; locked: boolean; description: Omit<MeetingDescription, 'relay'> }
  | { state: 'ended' | 'unknown' };

/** What is asked of a meeting over HTTP, wherever it is run. */
export type MeetingCalls = {
  standing(meetingId: string): Promise<Standing>;
  /** `network` is where the caller is. Throws a Refusal. */
  admit(meetingId: string, request: AdmissionRequest, network: string): Promise<AdmissionAnswer>;
  /** Whether `proof` is that of the link of a meeting that goes on. */
  provesLink(meetingId: string, proof: string): Promise<boolean>;
  /** Whether whoever held a host's token still has a host's word, so that they may invite. */
  mayInvite(meetingId: string, by: Inviter): Promise<boolean>;
};

/** Who wants to invite: a participant, or (null) whoever has the invitation that `via` ends with. */
export type Inviter = { participantId: string | null; via: string[] };

/** The calls to meetings that this process runs. */
export function callsHere(parts: AdmissionParts): MeetingCalls {
  return {
    standing: (meetingId) => Promise.resolve(standingOf(parts, meetingId)),
    admit: (meetingId, request, network) => admit(parts, meetingId, request, network),
    provesLink: (meetingId, proof) =>
      Promise.resolve(provesLink(parts.directory, meetingId, proof)),
    mayInvite: (meetingId, by) =>
      Promise.resolve(parts.directory.get(meetingId)?.door.mayInvite(by) ?? true),
  };
}

function standingOf({ directory }: AdmissionParts, meetingId: string): Standing {
  const found = directory.whereabouts(meetingId);
  if (found === null) return { state: 'unknown' };
  if ('ended' in found) return { state: 'ended' };
  const { policy } = found.meeting.rules;
  const { waitingRoom = false, passcode = false } = policy;
  const description = { passcode, waitingRoom };
  return { state: 'open', locked: policy.locked, description };
}
