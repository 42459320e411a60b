import { Refusal } from '@confab/protocol';
import type { RequestHandler } from 'express';
import type { OriginPolicy } from '../origin-policy.ts';

/** Refuses what pages of other origins ask for but to read. Pages always name their origin then; programs with keys name none, in production too. */
export function fromOwnPages(originPolicy: OriginPolicy): RequestHandler {
  return (request, _response, next) => {
    const { origin } = request.headers;
    if (request.method !== 'GET' && origin !== undefined && !originPolicy(request))
      throw new Refusal('origin-refused');
    next();
  };
}
