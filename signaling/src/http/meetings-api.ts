import { httpCalls, isFitting, Refusal } from '@confab/protocol';
import type { CreatedMeeting, MeetingDescription } from '@confab/protocol';
import { json, Router } from 'express';
import type { Request } from 'express';
import type { AddressLimits } from '../address-limits.ts';
import type { ClientAddress } from '../client-address.ts';
import { networkOf } from '../client-address.ts';
import type { Clock } from '../clock.ts';
import type { Log } from '../log.ts';
import type { MeetingCalls } from '../meetings/meeting-calls.ts';
import type { MeetingDirectory } from '../meetings/meeting-directory.ts';
import { hashPasscode } from '../meetings/passcode.ts';
import type { OriginPolicy } from '../origin-policy.ts';
import type { TokenMaker } from '../tokens/token-maker.ts';
import type { TokenVerifier } from '../tokens/token-verifier.ts';
import { bearerOf, isApiKey } from './bearer.ts';
import { fromOwnPages } from './from-own-pages.ts';
import { hostCalls } from './host-calls.ts';
import { meetingIdOf, readBody } from './read-body.ts';

export type MeetingsApiParts = {
  /** Where meetings are made; and what is asked of those that exist, here or elsewhere. */
  directory: MeetingDirectory;
  calls: MeetingCalls;
  apiKeys: string[];
  maxParticipants: number;
  /** Whether there is a TURN server. */
  relay: boolean;
  tokens: TokenMaker;
  verifier: TokenVerifier;
  /** A name for a network that tells nobody which one it is. */
  networkName: (network: string) => string;
  limits: AddressLimits;
  clientAddress: ClientAddress;
  originPolicy: OriginPolicy;
  isDraining: () => boolean;
  clock: Clock;
  log: Log;
};

/** `/api/meetings`: make a meeting, describe it, invite to it, be admitted to it. */
export function meetingsApi(parts: MeetingsApiParts): Router {
  const router = Router();
  router.use(fromOwnPages(parts.originPolicy));
  // Whatever a body calls itself, it is read as JSON or refused, never overlooked.
  router.use(json({ limit: '16kb', strict: true, type: () => true }));

  router.post('/', async (request, response) => {
    response.status(201).json(await createMeeting(parts, request));
  });
  router.get('/:id', async (request, response) => {
    const described = await parts.calls.describe(meetingIdOf(request));
    // One that is locked or not open yet looks like none to whoever has not proved its link (R48, R108).
    if (described.state !== 'open' || described.closed) throw new Refusal('meeting-not-found');
    const { relay } = parts;
    response.json({ ...described.description, relay } satisfies MeetingDescription);
  });
  router.use(hostCalls(parts));
  router.post('/:id/admission', async (request, response) => {
    const address = parts.clientAddress(request);
    await parts.limits.count('admission', address);
    if (parts.isDraining()) throw new Refusal('server-draining');
    const body = readBody(request, httpCalls.admission.body);
    response.json(await parts.calls.admit(meetingIdOf(request), body, networkOf(address)));
  });
  return router;
}

async function createMeeting(parts: MeetingsApiParts, request: Request): Promise<CreatedMeeting> {
  const { apiKeys, directory, limits, clientAddress, maxParticipants, tokens, clock, log } = parts;
  const address = clientAddress(request);
  await limits.count('creation', address);
  if (apiKeys.length > 0 && !isApiKey(bearerOf(request), apiKeys))
    throw new Refusal('token-invalid');
  if (parts.isDraining()) throw new Refusal('server-draining');
  const { verifier = null, settings } = readBody(request, httpCalls.createMeeting.body);
  const schedule = settings?.schedule ?? null;
  if (schedule !== null && !isFitting(schedule, clock.now())) throw new Refusal('invalid-payload');
  const capacity = Math.min(settings?.capacity ?? maxParticipants, maxParticipants);
  const passcodeHash =
    settings?.passcode === undefined ? null : await hashPasscode(settings.passcode);
  const madeFrom = parts.networkName(networkOf(address));
  const meeting = await directory.create(
    {
      ...{ capacity, passcodeHash, madeFrom, schedule },
      ...{ succession: settings?.succession, waitingRoom: settings?.waitingRoom },
    },
    verifier,
  );
  const hostToken = await tokens.hostToken(meeting.id);
  log.info('meeting created', { meetingId: meeting.id });
  return { meetingId: meeting.id, hostToken };
}
