import { createHash, timingSafeEqual } from 'node:crypto';
import type { Request } from 'express';

/** The token of `Authorization: Bearer <token>`; undefined without one. */
export function bearerOf(request: Request): string | undefined {
  return /^Bearer ([\x21-\x7e]{1,2048})$/i.exec(request.headers.authorization ?? '')?.[1];
}

/** Whether the given key is one of `keys`. Takes as long for a near miss as for a far one. */
export function isApiKey(given: string | undefined, keys: string[]): boolean {
  if (given === undefined) return false;
  let found = false;
  for (const key of keys) if (timingSafeEqual(digest(key), digest(given))) found = true;
  return found;
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
