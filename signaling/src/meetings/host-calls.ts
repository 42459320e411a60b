import { randomBytes } from 'node:crypto';
import {
  httpCalls,
  ID_BYTES,
  InvitationId,
  isFitting,
  Refusal,
  SealedHello,
} from '@confab/protocol';
import type { InvitationRequest, MadeInvitation, Role } from '@confab/protocol';
import * as z from 'zod';
import type { Clock } from '../clock.ts';
import { listedInvitation } from './invitations.ts';
import type { MeetingDirectory } from './meeting-directory.ts';
import type { Meeting } from './meeting.ts';
import type { InvitationRecord } from './records.ts';
import { MAX_VIA } from './ticket.ts';
import type { Ticket } from './ticket.ts';

/** What hosts, and whoever runs the server, ask of a meeting over HTTP. */
export const HostCall = z.discriminatedUnion('what', [
  z.strictObject({ what: z.literal('list-invitations') }),
  z.strictObject({ what: z.literal('invite'), invitation: httpCalls.createInvitation.body }),
  z.strictObject({ what: z.literal('revoke-invitation'), id: InvitationId }),
  z.strictObject({ what: z.literal('read-schedule') }),
  z.strictObject({ what: z.literal('set-schedule'), ...httpCalls.setSchedule.body.shape }),
]);
export type HostCall = z.infer<typeof HostCall>;

/** Who asks: a participant, or (null) whoever has the invitation that `via` ends with. */
export type Asker = Pick<Ticket, 'role' | 'via' | 'listed'> & { participantId: string | null };

/** What an invitation is made of; times are seconds since 1970. */
export type InvitationTerms = {
  role: Role;
  iat: number;
  exp: number;
  nbf?: number | undefined;
  by: string[];
  jti: string;
  /** Whether it counts only as long as the meeting lists it; absent is false. */
  listed?: true;
};

export type HostCallParts = {
  directory: MeetingDirectory;
  clock: Clock;
  /** The same token for the same terms, each time, and its name (R105). */
  invitationToken: (
    meetingId: string,
    terms: InvitationTerms,
  ) => Promise<{ id: string; invitation: string }>;
  /** Longest life of an invitation, in seconds. */
  longestInvitation: number;
};

/** How long an invitation counts unless said otherwise, in seconds. */
const DEFAULT_LIFETIME = 86_400;

/** Does what is asked; `by` is null for an API key. Throws `forbidden`, `meeting-not-found`, `meeting-ended` and what the call throws. */
export async function answerHost(
  parts: HostCallParts,
  meetingId: string,
  by: Asker | null,
  call: HostCall,
): Promise<object> {
  const { directory, clock } = parts;
  const meeting = directory.get(meetingId);
  if (meeting === undefined)
    throw new Refusal(directory.getEnded(meetingId) ? 'meeting-ended' : 'meeting-not-found');
  if (by !== null && !meeting.door.isHostsWord(by)) throw new Refusal('forbidden');
  const { invitations } = meeting.door;
  const isHeir = by !== null && meeting.door.isHeirsWord(by) === true;
  switch (call.what) {
    case 'list-invitations':
      return list(parts, meeting, by);
    case 'invite':
      return invite(parts, meeting, by, call.invitation);
    case 'revoke-invitation':
      if (isHeir && invitations.makesHosts(call.id)) throw new Refusal('forbidden');
      invitations.revoke(call.id);
      await meeting.kept();
      return {};
    case 'read-schedule':
      return { schedule: meeting.opening.schedule };
    case 'set-schedule': {
      if (isHeir) throw new Refusal('forbidden');
      const { schedule } = call;
      if (schedule !== null && !isFitting(schedule, clock.now()))
        throw new Refusal('invalid-payload');
      meeting.opening.set(schedule);
      await meeting.kept();
      return { schedule };
    }
  }
}

async function invite(
  parts: HostCallParts,
  meeting: Meeting,
  asker: Asker | null,
  { role = 'participant', name, notBefore, expiresAt }: InvitationRequest,
): Promise<MadeInvitation> {
  const madeAt = Math.floor(parts.clock.now() / 1000);
  const exp = expiresAt ?? Math.max(madeAt, notBefore ?? 0) + DEFAULT_LIFETIME;
  if (exp <= Math.max(madeAt, notBefore ?? 0) || exp - madeAt > parts.longestInvitation)
    throw new Refusal('invalid-payload');
  const by = asker === null ? [] : meeting.door.wordOf(asker);
  if (by.length > MAX_VIA - 1) throw new Refusal('forbidden');
  const { invitations } = meeting.door;
  invitations.checkRoom();
  const jti = randomBytes(ID_BYTES).toString('base64url');
  const made = {
    ...{
      role,
      name: sealedOnly(name),
      madeAt,
      expiresAt: exp,
      notBefore: notBefore ?? null,
      by,
      jti,
    },
    ...{ madeBy: asker?.participantId ?? null, uses: 0, lastUsedAt: null },
    isHeirs: asker === null ? undefined : meeting.door.isHeirsWord(asker),
  };
  const { id, invitation } = await parts.invitationToken(meeting.id, termsOf(made));
  // Signing takes its time, in which the role may have been taken away.
  if (asker !== null && !meeting.door.isHostsWord(asker)) throw new Refusal('forbidden');
  invitations.add({ v: 1, id, ...made });
  await meeting.kept();
  return { id, invitation, role, expiresAt: exp };
}

async function list({ invitationToken }: HostCallParts, meeting: Meeting, by: Asker | null) {
  const shown = meeting.door.invitations.latest.map(async (record) => {
    const { invitation } = isOwn(record, by)
      ? await invitationToken(meeting.id, termsOf(record))
      : {};
    return listedInvitation(record, invitation);
  });
  return { invitations: await Promise.all(shown) };
}

/** A name that is not sealed is for nobody: the server is to read none, and pages would not show it (R105). */
function sealedOnly(name: string | undefined): string | undefined {
  // The two bytes that a sealed one begins with.
  return name?.match(/^AQ[c-f]/) && SealedHello.safeParse(name).success ? name : undefined;
}

function termsOf(
  record: Pick<InvitationRecord, 'role' | 'madeAt' | 'expiresAt' | 'notBefore' | 'by' | 'jti'>,
): InvitationTerms {
  const { role, madeAt: iat, expiresAt: exp, notBefore, by, jti } = record;
  return { role, iat, exp, nbf: notBefore ?? undefined, by, jti, listed: true };
}

/**
 * Whether an invitation is the asker's: made by them, or by somebody who came by the same host's invitation, as with another device of their own, unless
 * somebody else in the meeting has that too, who made it. What others have made could bring back as a host whom they have unmade (R64).
 */
function isOwn({ madeBy, by }: InvitationRecord, asker: Asker | null): boolean {
  if (asker === null) return by.length === 0;
  if (madeBy !== null && madeBy === asker.participantId) return true;
  const [invitation, ...handedOn] = asker.via;
  if (asker.role !== 'host' || invitation === undefined || handedOn.length > 0) return false;
  return by.filter((name) => name !== madeBy).at(-1) === invitation;
}
