import { isIP } from 'node:net';
import type { RequestHandler } from 'express';

const own = [
  'camera',
  'microphone',
  'display-capture',
  'fullscreen',
  'autoplay',
  'speaker-selection',
  'clipboard-write',
  'screen-wake-lock',
  'picture-in-picture',
];
const none = [
  'accelerometer',

  'geolocation',
  'gyroscope',
  'hid',
  'magnetometer',
  'midi',
  'payment',
  'publickey-credentials-get',
  'serial',
  'usb',
  'xr-spatial-tracking',
];
const permissions = [
  ...own.map((name) => `${name}=(self)`),
  ...none.map((name) => `${name}=()`),
].join(', ');

/**
 * The headers that keep the page to itself: what it may load, whom it tells where it came from, who may frame it. `secure`: the address
 * is one for good, under a certificate that browsers trust.
 */
export function securityHeaders(secure: boolean): RequestHandler {
  return (request, response, next) => {
    response.setHeader('content-security-policy', contentSecurityPolicy(request.headers.host));
    response.setHeader('permissions-policy', permissions);
    response.setHeader('cross-origin-opener-policy', 'same-origin');
    response.setHeader('cross-origin-resource-policy', 'same-origin');
    response.setHeader('x-content-type-options', 'nosniff');
    response.setHeader('referrer-policy', 'no-referrer');
    if (secure && isForGood(request.headers.host))
      response.setHeader('strict-transport-security', 'max-age=31536000');
    next();
  };
}

/** What is promised for `localhost` would lock every other program of that computer out of it; addresses in numbers cannot promise (RFC 6797 §8.1.1). */
function isForGood(host = ''): boolean {
  const name = host.replace(/:\d+$/, '').toLowerCase();
  return !/(^|\.)localhost$/.test(name) && !name.startsWith('[') && isIP(name) === 0;
}

// Older browsers do not count a WebSocket to the same host as 'self', so it is named.
function contentSecurityPolicy(host = ''): string {
  const sockets = /^[\w.\-:[\]]+$/.test(host) ? ` ws://${host} wss://${host}` : '';
  return [
    "default-src 'none'",
    // WebAssembly, for what takes noise out of a voice and rooms out of pictures; no script from text.
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self'",
    "img-src 'self' blob: data:",
    "media-src 'self' blob: mediastream:",
    `connect-src 'self'${sockets}`,
    "font-src 'self'",
    "manifest-src 'self'",
    "worker-src 'self'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    "require-trusted-types-for 'script'",
    // `default` lets what blurs rooms and what records load its own parts, by address (web/src/call/script-addresses.ts).
    'trusted-types svelte-trusted-html default',
  ].join('; ');
}
