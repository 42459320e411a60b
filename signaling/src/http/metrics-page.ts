import { Refusal } from '@confab/protocol';
import express from 'express';
import type { Express, Request, RequestHandler } from 'express';
import { isLoopback } from '../client-address.ts';
import type { Metrics } from '../metrics.ts';

/** `/metrics` on the main port, for callers on this very machine. Everybody else finds nothing there. */
export function metricsForLoopback(metrics: Metrics): RequestHandler {
  return async (request, response) => {
    if (!isDirectFromLoopback(request)) throw new Refusal('unknown-request');
    response.type(metrics.registry.contentType).send(await metrics.registry.metrics());
  };
}

/** A server of its own for `METRICS_PORT`. */
export function metricsApp(metrics: Metrics): Express {
  const app = express();
  app.disable('x-powered-by');
  app.get('/metrics', async (_request, response) => {
    response.type(metrics.registry.contentType).send(await metrics.registry.metrics());
  });
  return app;
}

const proxyHeaders = [
  'forwarded',
  'x-forwarded-for',
  'x-forwarded-host',
  'x-forwarded-proto',
  'x-real-ip',
  'via',
];

// A reverse proxy on this machine connects from loopback too; what it forwards names a proxy or another host. Where it names neither, as nginx does that was told
// nothing but the address, it speaks HTTP/1.0, or has every request ask for an upgrade.
function isDirectFromLoopback(request: Request): boolean {
  const address = (request.socket.remoteAddress ?? '').replace(/^::ffff:/, '');
  const host = (request.headers.host ?? '').replace(/:\d+$/, '');
  return (
    isLoopback(address) &&
    request.httpVersion !== '1.0' &&
    !/upgrade/i.test(request.headers.connection ?? '') &&
    ['localhost', '127.0.0.1', '[::1]'].includes(host) &&
    proxyHeaders.every((name) => request.headers[name] === undefined)
  );
}
