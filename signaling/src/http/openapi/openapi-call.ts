import { readFileSync } from 'node:fs';
import type { RequestHandler } from 'express';
import { openApiDocument } from './document.ts';

/** `GET /api/openapi.json`, made when somebody first asks for it. */
export function openApiCall(): RequestHandler {
  let document: object | null = null;
  return (_request, response) => {
    document ??= openApiDocument(ownVersion());
    // It is the same for everybody, and tools in other pages may read it.
    response.setHeader('access-control-allow-origin', '*');
    response.setHeader('cross-origin-resource-policy', 'cross-origin');
    response.json(document);
  };
}

function ownVersion(): string {
  const text = readFileSync(new URL('../../../package.json', import.meta.url), 'utf8');
  return (JSON.parse(text) as { version: string }).version;
}
