import { httpCalls, Refusal } from '@confab/protocol';
import type { Request, RequestHandler } from 'express';
import { MAX_INVITATION_LIFETIME } from '../tokens/token-claims.ts';
import { bearerOf, isApiKey } from './bearer.ts';
import type { MeetingsApiParts } from './meetings-api.ts';
import { meetingIdOf, readBody } from './read-body.ts';

/** `POST /api/meetings/:id/tokens`: a host or a holder of an API key makes an invitation. */
export function invitationCall(parts: MeetingsApiParts): RequestHandler {
  return async (request, response) => {
    await parts.limits.count('invitation', parts.clientAddress(request));
    const meetingId = meetingIdOf(request);
    await authorise(parts, request, meetingId);
    const body = readBody(request, httpCalls.createInvitation.body);
    const { state } = await parts.calls.standing(meetingId);
    if (state !== 'open')
      throw new Refusal(state === 'ended' ? 'meeting-ended' : 'meeting-not-found');
    const now = Math.floor(parts.clock.now() / 1000);
    const { role = 'participant', notBefore, expiresAt = now + 86_400 } = body;
    if (expiresAt <= Math.max(now, notBefore ?? 0) || expiresAt - now > MAX_INVITATION_LIFETIME)
      throw new Refusal('invalid-payload');
    const invitation = await parts.tokens.invitation(meetingId, role, expiresAt, notBefore);
    response.status(201).json({ invitation, role, expiresAt });
  };
}

/** Lets pass an API key, this meeting's host token, and the participant token of one of its hosts. */
async function authorise(
  { apiKeys, verifier }: MeetingsApiParts,
  request: Request,
  meetingId: string,
): Promise<void> {
  const bearer = bearerOf(request);
  if (isApiKey(bearer, apiKeys)) return;
  const claims = await verifier.verify('invitation', bearer).catch((refusal: unknown) => {
    if (refusal instanceof Refusal && refusal.code === 'token-expired') throw refusal;
    return verifier.verify('participant', bearer);
  });
  if (claims.meeting !== meetingId) throw new Refusal('token-invalid');
  if (claims.role !== 'host') throw new Refusal('forbidden');
}
