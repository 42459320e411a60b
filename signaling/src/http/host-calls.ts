import { httpCalls, InvitationId, Refusal } from '@confab/protocol';
import { Router } from 'express';
import type { Request } from 'express';
import type { Asker, HostCall } from '../meetings/host-calls.ts';
import { readInvitation, ticketOf } from '../tokens/read-tokens.ts';
import { bearerOf, isApiKey } from './bearer.ts';
import type { MeetingsApiParts } from './meetings-api.ts';
import { meetingIdOf, readBody } from './read-body.ts';

/** What a host or a holder of an API key asks of a meeting: its invitations (R105, R106) and its schedule (R107). */
export function hostCalls(parts: MeetingsApiParts): Router {
  const router = Router();

  router.get('/:id/tokens', async (request, response) => {
    response.json(await ask(request, () => ({ what: 'list-invitations' })));
  });
  router.post('/:id/tokens', async (request, response) => {
    const made = await ask(request, () => {
      const invitation = readBody(request, httpCalls.createInvitation.body);
      return { what: 'invite', invitation };
    });
    response.status(201).json(made);
  });
  router.delete('/:id/tokens/:invitationId', async (request, response) => {
    const revoked = await ask(request, () => {
      const { data: id } = InvitationId.safeParse(request.params.invitationId);
      if (id === undefined) throw new Refusal('unknown-request');
      return { what: 'revoke-invitation', id };
    });
    response.json(revoked);
  });
  router.get('/:id/schedule', async (request, response) => {
    response.json(await ask(request, () => ({ what: 'read-schedule' })));
  });
  router.put('/:id/schedule', async (request, response) => {
    const set = await ask(request, () => {
      const { schedule } = readBody(request, httpCalls.setSchedule.body);
      return { what: 'set-schedule', schedule };
    });
    response.json(set);
  });
  return router;

  /** `callOf` reads what is asked, once it is known that somebody may ask something. */
  async function ask(request: Request, callOf: () => HostCall): Promise<object> {
    await parts.limits.count('invitation', parts.clientAddress(request));
    const meetingId = meetingIdOf(request);
    const asker = await askerOf(parts, request, meetingId);
    return parts.calls.asHost(meetingId, asker, callOf());
  }
}

/** Who asks: null for an API key, otherwise by this meeting's host token or the token of one of its participants. Whether that is a host is the meeting's to say. */
async function askerOf(
  { apiKeys, verifier }: MeetingsApiParts,
  request: Request,
  meetingId: string,
): Promise<Asker | null> {
  const bearer = bearerOf(request);
  if (isApiKey(bearer, apiKeys)) return null;
  const { meeting, ...asker } = await readInvitation(verifier, bearer)
    .then((word) => ({ ...word, participantId: null }))
    .catch(async (refusal: unknown) => {
      // What is no invitation may be a participant's token.
      if (!(refusal instanceof Refusal && refusal.code === 'token-invalid')) throw refusal;
      const claims = await verifier.verify('participant', bearer);
      const { participantId, role, via, listed } = ticketOf(claims);
      return { meeting: claims.meeting, participantId, role, via, listed };
    });
  if (meeting !== meetingId) throw new Refusal('token-invalid');
  return asker;
}
