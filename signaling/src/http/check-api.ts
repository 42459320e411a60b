import { checkCall } from '@confab/protocol';
import type { CheckAnswer, IceServer } from '@confab/protocol';
import { json, Router } from 'express';
import type { AddressLimits } from '../address-limits.ts';
import type { ClientAddress } from '../client-address.ts';
import { networkOf } from '../client-address.ts';
import type { MeetingCalls } from '../meetings/meeting-calls.ts';
import type { OriginPolicy } from '../origin-policy.ts';
import { fromOwnPages } from './from-own-pages.ts';
import { readBody } from './read-body.ts';

/** Seconds in which a check may open allocations. */
export const CHECK_TTL = 60;

export type CheckApiParts = {
  apiKeys: string[];
  calls: Pick<MeetingCalls, 'mayTryRelay'>;
  limits: AddressLimits;
  clientAddress: ClientAddress;
  networkName: (network: string) => string;
  originPolicy: OriginPolicy;
  /** STUN and TURN servers, with a credential for everybody in this network together. */
  checkServers: (network: string) => IceServer[];
  /** Whether this server has TURN. */
  relay: boolean;
};

/**
 * `POST /api/check`: STUN and TURN for the connection check (R60). A credential makes whoever has it a guest of the relay, so
 * it goes no further than admission would: to whom a meeting takes by its link alone, or to all where all may make one.
 */
export function checkApi(parts: CheckApiParts): Router {
  const router = Router();
  router.use(fromOwnPages(parts.originPolicy));
  router.use(json({ limit: '1kb', strict: true, type: () => true }));
  router.post('/', async (request, response) => {
    const address = parts.clientAddress(request);
    await parts.limits.count('check', address);
    const { meetingId, proof } = readBody(request, checkCall.body);
    const isOpen = parts.apiKeys.length === 0;
    const network = networkOf(address);
    const mayTry =
      isOpen ||
      (meetingId !== undefined &&
        proof !== undefined &&
        (await parts.calls.mayTryRelay(meetingId, proof, network)));
    const all = parts.checkServers(parts.networkName(network));
    const iceServers = mayTry ? all : all.filter(({ credential }) => credential === undefined);
    const relays = parts.relay ? (mayTry ? 'offered' : 'withheld') : 'none';
    response.json({ iceServers, relays } satisfies CheckAnswer);
  });
  return router;
}
