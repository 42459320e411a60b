import { httpCalls, Refusal } from '@confab/protocol';
import type { Request, RequestHandler } from 'express';
import { MAX_VIA } from '../meetings/ticket.ts';
import { readInvitation, ticketOf } from '../tokens/read-tokens.ts';
import { MAX_INVITATION_LIFETIME } from '../tokens/token-claims.ts';
import { bearerOf, isApiKey } from './bearer.ts';
import type { MeetingsApiParts } from './meetings-api.ts';
import { meetingIdOf, readBody } from './read-body.ts';

/** `POST /api/meetings/:id/tokens`: a host or a holder of an API key makes an invitation. */
export function invitationCall(parts: MeetingsApiParts): RequestHandler {
  return async (request, response) => {
    await parts.limits.count('invitation', parts.clientAddress(request));
    const meetingId = meetingIdOf(request);
    const by = await authorise(parts, request, meetingId);
    const body = readBody(request, httpCalls.createInvitation.body);
    const { state } = await parts.calls.standing(meetingId);
    if (state !== 'open')
      throw new Refusal(state === 'ended' ? 'meeting-ended' : 'meeting-not-found');
    const now = Math.floor(parts.clock.now() / 1000);
    const { role = 'participant', notBefore, expiresAt = now + 86_400 } = body;
    if (expiresAt <= Math.max(now, notBefore ?? 0) || expiresAt - now > MAX_INVITATION_LIFETIME)
      throw new Refusal('invalid-payload');
    const invitation = await parts.tokens.invitation(meetingId, {
      ...{ role, by },
      exp: expiresAt,
      nbf: notBefore,
    });
    response.status(201).json({ invitation, role, expiresAt });
  };
}

/** Lets pass an API key, this meeting's host token, and the participant token of one of its hosts. Answers whose word it is (R62). */
async function authorise(
  { apiKeys, verifier, calls }: MeetingsApiParts,
  request: Request,
  meetingId: string,
): Promise<string[]> {
  const bearer = bearerOf(request);
  if (isApiKey(bearer, apiKeys)) return [];
  const { meeting, ...word } = await readInvitation(verifier, bearer).catch(
    async (refusal: unknown) => {
      if (refusal instanceof Refusal && refusal.code === 'token-expired') throw refusal;
      const claims = await verifier.verify('participant', bearer);
      return { meeting: claims.meeting, ...ticketOf(claims) };
    },
  );
  if (meeting !== meetingId) throw new Refusal('token-invalid');
  const participantId = 'participantId' in word ? word.participantId : null;
  const by = [...word.via, ...(participantId === null ? [] : [participantId])];
  if (word.role !== 'host' || by.length > MAX_VIA - 1) throw new Refusal('forbidden');
  if (!(await calls.mayInvite(meetingId, { participantId, via: word.via })))
    throw new Refusal('forbidden');
  return by;
}
