import { readFileSync } from 'node:fs';
import { createServer as createHttpServer } from 'node:http';
import type { Server as HttpServer } from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { AddressLimits } from './address-limits.ts';
import { clientAddressBy } from './client-address.ts';
import { systemClock } from './clock.ts';
import type { Clock } from './clock.ts';
import { httpApp } from './http/http-app.ts';
import { metricsApp } from './http/metrics-page.ts';
import { iceServersFor } from './ice-servers.ts';
import { keptSecret } from './kept-secret.ts';
import type { Log } from './log.ts';
import { MeetingDirectory } from './meetings/meeting-directory.ts';
import { PasscodeGuesses } from './meetings/passcode-guesses.ts';
import { createMetrics } from './metrics.ts';
import { originPolicy } from './origin-policy.ts';
import type { Settings } from './settings.ts';
import { closeConnections } from './sockets/close-connections.ts';
import { createMeetingServer, serveConnections } from './sockets/connections.ts';
import { handleRequests } from './sockets/handle-requests.ts';
import { meetingRequests } from './sockets/meeting-requests.ts';
import { PresenceBroadcaster } from './sockets/presence-broadcaster.ts';
import { presenceRequests } from './sockets/presence-requests.ts';
import { relay } from './sockets/relay.ts';
import { sweepConnections } from './sockets/sweep.ts';
import { tokenRequests } from './sockets/token-requests.ts';
import { signingKey } from './tokens/signing-key.ts';
import { TokenMaker } from './tokens/token-maker.ts';
import { TokenVerifier } from './tokens/token-verifier.ts';

export type ServerParts = {
  log: Log;
  clock?: Clock;
  /** Where the built app lies. */
  webFolder?: string;
};

/** A running server. */
export type RunningServer = {
  /** How this machine reaches it, `http://localhost:3000` for instance. */
  url: string;
  /** Where `METRICS_PORT` is served; null when it is not set. */
  metricsUrl: string | null;
  /** `/readyz` says so, and nobody new is let in. */
  drain(): void;
  /** Closes every connection so that its client looks for another server, and frees the port. */
  close(): Promise<void>;
};

/** Starts the whole server as these settings say. Rejects when it cannot listen. */
export async function startServer(settings: Settings, parts: ServerParts): Promise<RunningServer> {
  const { log, clock = systemClock } = parts;
  const webFolder = parts.webFolder ?? fileURLToPath(new URL('../../web/dist', import.meta.url));
  let draining = false;
  const key = signingKey(settings.secret ?? keptSecret(settings.dataDir));
  const directory = new MeetingDirectory(clock);
  const metrics = createMetrics(() => directory.size);
  const origins = [settings.publicOrigin ?? [], settings.allowedOrigins].flat();
  const tokens = new TokenMaker(key, clock);
  const shared = {
    ...{ log, clock, metrics, directory, tokens },
    verifier: new TokenVerifier(key, clock),
    guesses: new PasscodeGuesses(clock),
    limits: new AddressLimits(),
    clientAddress: clientAddressBy(settings.trustedProxies),
    originPolicy: originPolicy(origins, settings.production),
    isDraining: () => draining,
  };
  const { apiKeys, maxParticipants } = settings;
  const secure = settings.tls !== null || settings.publicOrigin?.startsWith('https:') === true;
  const metricsElsewhere = settings.metricsPort !== null;
  const app = httpApp({ ...shared, apiKeys, maxParticipants, secure, metricsElsewhere, webFolder });
  const http = httpServer(settings, app);

  const io = createMeetingServer(http, shared);
  const broadcaster = new PresenceBroadcaster(io, clock);
  directory.onChange = (meeting) => broadcaster.changed(meeting);
  const iceServers = (id: string) => iceServersFor(id, settings, clock.now());
  const handlers = {
    ...meetingRequests({ io, tokens, iceServers, clock, log, metrics }),
    ...presenceRequests,
    ...tokenRequests(tokens),
  };
  serveConnections(io, shared, handleRequests({ ...shared, handlers, relay: relay(io, metrics) }));
  const stopSweeping = sweepConnections(io, clock, log, metrics);

  await listen(http, settings.port, settings.host);
  const metricsServer = metricsElsewhere ? createHttpServer(LIMITS, metricsApp(metrics)) : null;
  if (metricsServer !== null) await listen(metricsServer, settings.metricsPort ?? 0, settings.host);
  return {
    url: urlOf(http, settings),
    metricsUrl: metricsServer && urlOf(metricsServer, { ...settings, tls: null }),
    drain() {
      draining = true;
    },
    async close() {
      draining = true;
      const closed = Promise.all([
        stopListening(http),
        metricsServer && stopListening(metricsServer),
      ]);
      stopSweeping();
      directory.close();
      await closeConnections(io, systemClock);
      await io.close();
      http.closeAllConnections();
      metricsServer?.closeAllConnections();
      await closed;
    },
  };
}

/** Whoever sends headers or a body slowly keeps a connection no longer than this. */
const LIMITS = {
  headersTimeout: 10_000,
  requestTimeout: 15_000,
  keepAliveTimeout: 5_000,
  connectionsCheckingInterval: 1_000,
  maxHeaderSize: 8_192,
};

function httpServer({ tls }: Settings, app: ReturnType<typeof httpApp>): HttpServer {
  if (tls === null) return createHttpServer(LIMITS, app);
  const pem = { cert: readFileSync(tls.certificate), key: readFileSync(tls.key) };
  return createHttpsServer({ ...LIMITS, ...pem }, app);
}

function listen(server: HttpServer, port: number, host: string | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

function stopListening(server: HttpServer): Promise<void> {
  return new Promise((resolve) => {
    server.close(() => resolve());
    server.closeIdleConnections();
  });
}

function urlOf(server: HttpServer, { host, tls }: Settings): string {
  const { port } = server.address() as AddressInfo;
  const everywhere = host === undefined || host === '0.0.0.0' || host === '::';
  const name = everywhere ? 'localhost' : host.includes(':') ? `[${host}]` : host;
  return `${tls === null ? 'http' : 'https'}://${name}:${port}`;
}
