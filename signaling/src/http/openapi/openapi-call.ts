import type { RequestHandler } from 'express';
import manifest from '../../../package.json' with { type: 'json' };
import { openApiDocument } from './document.ts';

/** `GET /api/openapi.json`, made when somebody first asks for it. */
export function openApiCall(): RequestHandler {
  let document: object | null = null;
  return (_request, response) => {
    document ??= openApiDocument(manifest.version);
    // It is the same for everybody, and tools in other pages may read it.
    response.setHeader('access-control-allow-origin', '*');
    response.setHeader('cross-origin-resource-policy', 'cross-origin');
    response.json(document);
  };
}
