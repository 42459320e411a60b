import { httpCalls, Refusal } from '@confab/protocol';
import * as z from 'zod';
import type { FindMeeting } from '../meetings/meeting-directory.ts';
import type { MeetingCalls } from '../meetings/meeting-calls.ts';
import { KeptDoor } from './kept-door.ts';
import type { KeptDoorParts } from './kept-door.ts';
import type { MeetingOwners } from './meeting-owners.ts';
import type { NodeChannel } from './node-channel.ts';
import type { Ask } from './node-messages.ts';
import { outsidersAlike } from './outsiders-alike.ts';

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

/** The calls to meetings, whichever node runs them: asked of that node, of which outsiders notice nothing. */
export function callsAnywhere(
  here: MeetingCalls,
  owners: Pick<MeetingOwners, 'find' | 'probe'>,
  channel: NodeChannel,
  parts: KeptDoorParts,
): MeetingCalls {
  const find: FindMeeting = (meetingId) => owners.find(meetingId);
  const anywhere: MeetingCalls = {
    async describe(meetingId) {
      const found = await find(meetingId);
      if (found === null || !('node' in found)) return here.describe(meetingId);
      if (new KeptDoor(meetingId, found.kept, parts).isClosed) return { state: 'unknown' };
      return Described.parse(await channel.ask(found.node, { kind: 'describe', meetingId }));
    },
    async admit(meetingId, request, network) {
      const found = await find(meetingId);
      if (found === null || !('node' in found)) return here.admit(meetingId, request, network);
      const door = new KeptDoor(meetingId, found.kept, parts);
      if (!(await door.letsThrough(request))) throw new Refusal('meeting-not-found');
      const ask = { kind: 'admit', meetingId, request, network } as const;
      return httpCalls.admission.answer.parse(await channel.ask(found.node, ask));
    },
    async mayTryRelay(meetingId, proof, network) {
      const found = await find(meetingId);
      if (found === null || !('node' in found)) return here.mayTryRelay(meetingId, proof, network);
      if (!(await new KeptDoor(meetingId, found.kept, parts).letsThrough({ proof }))) return false;
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
  return outsidersAlike(anywhere, (meetingId) => owners.probe(meetingId));
}

/** Answers another node's call to a meeting that is run here. */
export async function answerCall(
  here: MeetingCalls,
  ask: Extract<Ask, { kind: 'describe' | 'admit' | 'try-relay' | 'prove' | 'host' }>,
): Promise<unknown> {
  const described = await here.describe(ask.meetingId);
  // It was here when the other node asked Redis for it.
  if (described.state === 'unknown') throw new Refusal('internal');
  if (ask.kind === 'describe') return described;
  if (ask.kind === 'admit') return here.admit(ask.meetingId, ask.request, ask.network);
  if (ask.kind === 'host') return here.asHost(ask.meetingId, ask.by, ask.call);
  return here.mayTryRelay(ask.meetingId, ask.proof, ask.network);
}
