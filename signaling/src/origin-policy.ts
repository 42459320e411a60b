import type { IncomingMessage } from 'node:http';

/** Whether a request may come from the page it says it comes from. */
export type OriginPolicy = (request: IncomingMessage) => boolean;

/**
 * Exact addresses only. In production: `origins` alone. Elsewhere also the address that the request itself was sent to,
 * so that any port and name of a developer's machine works, and programs that send no origin at all.
 */
export function originPolicy(origins: string[], production: boolean): OriginPolicy {
  const allowed = new Set(origins);
  return (request) => {
    const { origin, host } = request.headers;
    if (origin === undefined) return !production || isOwnPagesRequest(request);
    if (allowed.has(origin)) return true;
    return !production && (origin === `http://${host ?? ''}` || origin === `https://${host ?? ''}`);
  };
}

/**
 * A page's own long-polling GET carries no Origin, by the Fetch standard; WebSockets and everything from other sites that could read the
 * answer do. Browsers that know Sec-Fetch-Site say whose request it is.
 */
function isOwnPagesRequest(request: IncomingMessage): boolean {
  if (request.headers.upgrade !== undefined) return false;
  const site = request.headers['sec-fetch-site'];
  return site === undefined || site === 'same-origin';
}
