import type { AdmissionAnswer, AdmissionRequest, MeetingDescription } from '@confab/protocol';
import { admit, mayTryRelay } from './admission.ts';
import type { AdmissionParts } from './admission.ts';
import { answerHost } from './host-calls.ts';
import type { Asker, HostCall, HostCallParts } from './host-calls.ts';

/** What is known of a meeting at its door: `open` with what a visitor may know, unless it is `closed` to them. */
export type Described =
  | { state: 'open'; closed: boolean; description: Omit<MeetingDescription, 'relay'> }
  | { state: 'ended' | 'unknown' };

/** What is asked of a meeting over HTTP, wherever it is run. */
export type MeetingCalls = {
  describe(meetingId: string): Promise<Described>;
  /** `network` is where the caller is. Throws a Refusal. */
  admit(meetingId: string, request: AdmissionRequest, network: string): Promise<AdmissionAnswer>;
  /** Whether whoever shows this proof may try the relay (R60). */
  mayTryRelay(meetingId: string, proof: string, network: string): Promise<boolean>;
  /** What only hosts, and holders of an API key (null), may ask; answers as the call's schema says. Throws a Refusal. */
  asHost(meetingId: string, by: Asker | null, call: HostCall): Promise<object>;
};

/** The calls to meetings that this process runs. */
export function callsHere(parts: AdmissionParts & HostCallParts): MeetingCalls {
  return {
    describe: (meetingId) => Promise.resolve(describe(parts, meetingId)),
    admit: (meetingId, request, network) => admit(parts, meetingId, request, network),
    mayTryRelay: (meetingId, proof, network) =>
      Promise.resolve(mayTryRelay(parts, meetingId, proof, network)),
    asHost: (meetingId, by, call) => answerHost(parts, meetingId, by, call),
  };
}

function describe({ directory }: AdmissionParts, meetingId: string): Described {
  const found = directory.whereabouts(meetingId);
  if (found === null) return { state: 'unknown' };
  if ('ended' in found) return { state: 'ended' };
  const { isClosed: closed, rules } = found.meeting;
  const { policy } = rules;
  const { waitingRoom = false, passcode = false } = policy;
  const description = { passcode, waitingRoom, recorded: found.meeting.isRecorded };
  return { state: 'open', closed, description };
}
