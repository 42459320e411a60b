import { httpCalls, Refusal } from '@confab/protocol';
import * as z from 'zod';
import type { FindMeeting } from '../meetings/meeting-directory.ts';
import type { MeetingCalls } from '../meetings/meeting-calls.ts';
import type { NodeChannel } from './node-channel.ts';
import type { Ask } from './node-messages.ts';

const Described = z.union([
  z.strictObject({
    state: z.literal('open'),
    closed: z.boolean(),
    description: z.strictObject({
      passcode: z.boolean(),
      waitingRoom: z.boolean(),
      recorded: z.boolean(),
    }),
  }),
  z.strictObject({ state: z.enum(['ended', 'unknown']) }),
]);

/** The calls to meetings, whichever node runs them: asked of that node. */
export function callsAnywhere(
  here: MeetingCalls,
  find: FindMeeting,
  channel: NodeChannel,
): MeetingCalls {
  return {
    async describe(meetingId) {
      const found = await find(meetingId);
      if (found === null || !('node' in found)) return here.describe(meetingId);
      return Described.parse(await channel.ask(found.node, { kind: 'describe', meetingId }));
    },
    async admit(meetingId, request, network) {
      const found = await find(meetingId);
      if (found === null || !('node' in found)) return here.admit(meetingId, request, network);
      const ask = { kind: 'admit', meetingId, request, network } as const;
      return httpCalls.admission.answer.parse(await channel.ask(found.node, ask));
    },
    async mayTryRelay(meetingId, proof, network) {
      const found = await find(meetingId);
      if (found === null || !('node' in found)) return here.mayTryRelay(meetingId, proof, network);
      const ask = { kind: 'try-relay', meetingId, proof, network } as const;
      return z.boolean().parse(await channel.ask(found.node, ask));
    },
    async asHost(meetingId, by, call) {
      const found = await find(meetingId);
      if (found === null || !('node' in found)) return here.asHost(meetingId, by, call);
      const ask = { kind: 'host', meetingId, by, call } as const;
      return z.looseObject({}).parse(await channel.ask(found.node, ask));
    },
  };
}

/** Answers another node's call to a meeting that is run here. */
export async function answerCall(
  here: MeetingCalls,
  ask: Extract<Ask, { kind: 'describe' | 'admit' | 'try-relay' | 'host' }>,
): Promise<unknown> {
  const described = await here.describe(ask.meetingId);
  // It was here when the other node asked Redis for it.
  if (described.state === 'unknown') throw new Refusal('internal');
  if (ask.kind === 'describe') return described;
  if (ask.kind === 'try-relay') return here.mayTryRelay(ask.meetingId, ask.proof, ask.network);
  if (ask.kind === 'host') return here.asHost(ask.meetingId, ask.by, ask.call);
  return here.admit(ask.meetingId, ask.request, ask.network);
}
