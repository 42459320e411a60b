import express from 'express';
import type { Express } from 'express';
import type { Metrics } from '../metrics.ts';
import { checkApi } from './check-api.ts';
import type { CheckApiParts } from './check-api.ts';
import { answerErrors, nothingHere } from './errors.ts';
import { health } from './health.ts';
import { meetingsApi } from './meetings-api.ts';
import type { MeetingsApiParts } from './meetings-api.ts';
import { metricsForLoopback } from './metrics-page.ts';
import { openApiCall } from './openapi/openapi-call.ts';
import { reportCall } from './report-api.ts';
import type { ReportApiParts } from './report-api.ts';
import { securityHeaders } from './security-headers.ts';
import { webApp } from './web-app.ts';

export type HttpParts = MeetingsApiParts &
  CheckApiParts &
  ReportApiParts & {
    metrics: Metrics;
    /** Whether what has to outlive the process cannot be written. */
    isFailing: () => boolean;
    /** Whether people reach this server over TLS alone. */
    secure: boolean;
    /** Whether `/metrics` has a port of its own. */
    metricsElsewhere: boolean;
    webFolder: string;
  };

/** Everything the server answers over HTTP but Socket.IO. */
export function httpApp(parts: HttpParts): Express {
  const { metrics, metricsElsewhere, isDraining, isFailing, log, clock } = parts;
  const app = express();
  app.disable('x-powered-by');
  app.set('query parser', 'simple');
  app.use(securityHeaders(parts.secure));
  app.use(health(isDraining, isFailing));
  if (!metricsElsewhere) app.get('/metrics', metricsForLoopback(metrics));
  app.use('/api', (_request, response, next) => {
    response.setHeader('cache-control', 'no-store');
    next();
  });
  app.use('/api/meetings', meetingsApi(parts));
  app.use('/api/check', checkApi(parts));
  app.get('/api/report', reportCall(parts));
  app.get('/api/openapi.json', openApiCall());
  app.use('/api', nothingHere);
  app.use(webApp(parts.webFolder));
  app.use(nothingHere);
  app.use(answerErrors(log, metrics, clock));
  return app;
}
