import { Refusal } from '@confab/protocol';
import type { NodeReport } from '@confab/protocol';
import type { RequestHandler } from 'express';
import type { AddressLimits } from '../address-limits.ts';
import type { ClientAddress } from '../client-address.ts';
import { bearerOf, isApiKey } from './bearer.ts';

export type ReportApiParts = {
  /** `ADMIN_TOKEN`; null where nobody may look. */
  adminToken: string | null;
  /** All nodes as they are now. */
  reports: () => Promise<NodeReport[]>;
  limits: AddressLimits;
  clientAddress: ClientAddress;
};

/** `GET /api/report`: what operators see live, once (R110). */
export function reportCall(parts: ReportApiParts): RequestHandler {
  return async (request, response) => {
    await parts.limits.count('report', parts.clientAddress(request));
    if (parts.adminToken === null) throw new Refusal('unknown-request');
    if (!isApiKey(bearerOf(request), [parts.adminToken])) throw new Refusal('token-invalid');
    response.json({ nodes: await parts.reports() });
  };
}
