import { fileURLToPath } from 'node:url';
import { Refusal } from '@confab/protocol';
import { AddressLimits } from './address-limits.ts';
import { clientAddressBy } from './client-address.ts';
import { systemClock } from './clock.ts';
import type { Clock } from './clock.ts';
import { CHECK_TTL } from './http/check-api.ts';
import { httpApp } from './http/http-app.ts';
import { metricsApp } from './http/metrics-page.ts';
import { iceServersFor } from './ice-servers.ts';
import { openHome } from './home.ts';
import { isSelfMade, listen, stopListening, urlOf, webServer } from './listening.ts';
import type { Log } from './log.ts';
import type { InvitationTerms } from './meetings/host-calls.ts';
import type { Loss } from './meetings/lease-times.ts';
import { callsHere } from './meetings/meeting-calls.ts';
import { PasscodeGuesses } from './meetings/passcode-guesses.ts';
import { createMetrics } from './metrics.ts';
import { callsAnywhere } from './nodes/calls-anywhere.ts';
import { networkNames } from './network-names.ts';
import { originPolicy } from './origin-policy.ts';
import type { Settings } from './settings.ts';
import { chatRequests } from './sockets/chat-requests.ts';
import { createMeetingServer, serveConnections } from './sockets/connections.ts';
import type { MeetingSocket } from './sockets/connection-state.ts';
import { DoorTeller } from './sockets/door-teller.ts';
import { endingRequests } from './sockets/end-meeting.ts';
import { floorRequests } from './sockets/floor-requests.ts';
import { handleRequests } from './sockets/handle-requests.ts';
import type { HandlingParts } from './sockets/handle-requests.ts';
import { knockRequests } from './sockets/knock-requests.ts';
import { linkRequests } from './sockets/link-requests.ts';
import { meetingRequests } from './sockets/meeting-requests.ts';
import { operatorSide } from './sockets/operator-side.ts';
import { OtherNodes } from './sockets/other-nodes.ts';
import { PresenceBroadcaster } from './sockets/presence-broadcaster.ts';
import { policyRequests } from './sockets/policy-requests.ts';
import { presenceRequests } from './sockets/presence-requests.ts';
import { relay } from './sockets/relay.ts';
import { removalRequests } from './sockets/removal-requests.ts';
import { roleRequests } from './sockets/role-requests.ts';
import { signRequests } from './sockets/sign-requests.ts';
import { StallWatch } from './sockets/stall-watch.ts';
import { closeConnections, everybodyGone, tellStopping } from './sockets/stopping.ts';
import { sweepConnections } from './sockets/sweep.ts';
import { tokenRequests } from './sockets/token-requests.ts';
import { transportsOf } from './sockets/transports.ts';
import { typingRequests } from './sockets/typing-requests.ts';
import type { Medium } from './store/medium.ts';
import { nameOf, readInvitation } from './tokens/read-tokens.ts';
import { signingKey } from './tokens/signing-key.ts';
import { TokenAge } from './tokens/token-age.ts';
import { MAX_INVITATION_LIFETIME } from './tokens/token-claims.ts';
import { TokenMaker } from './tokens/token-maker.ts';
import { TokenVerifier } from './tokens/token-verifier.ts';
import { receiversAt } from './webhooks/receivers.ts';
import { sendWebhooks } from './webhooks/send-webhooks.ts';

export type ServerParts = {
  log: Log;
  clock?: Clock;
  /** What meetings are kept on; the disk, in `DATA_DIR`, unless given. */
  medium?: Medium;
  /** Where the built app lies. */
  webFolder?: string;
};

/** A running server. */
export type RunningServer = {
  /** How this machine reaches it, `http://localhost:3000` for instance. */
  url: string;
  /** Where `METRICS_PORT` is served; null when it is not set. */
  metricsUrl: string | null;
  /** From now on nobody new is let in, `/readyz` says so, and whoever is connected is asked to look for another server (R38). */
  drain(): void;
  /** Resolves when nobody is connected any more, after `patience` milliseconds at the latest. */
  everybodyGone(patience: number): Promise<void>;
  /** Closes every connection so that its client looks for another server, and frees the port. */
  close(): Promise<void>;
};

/** Starts the whole server as these settings say. Rejects with a SettingsError where they do not suit this machine. */
export async function startServer(settings: Settings, parts: ServerParts): Promise<RunningServer> {
  const { log, clock = systemClock } = parts;
  const webFolder = parts.webFolder ?? fileURLToPath(new URL('../../web/dist', import.meta.url));
  let draining = false;
  const metrics = createMetrics({
    meetings: () => directory.all,
    transports: () => transportsOf(io),
  });
  const receivers = receiversAt(settings.webhooks?.urls ?? []).map(({ name }) => name);
  const home = await openHome(settings, parts, { clock, log, metrics, receivers });
  const { secret, directory, chats, find, outbox } = home;
  const key = signingKey(secret);
  const origins = [settings.publicOrigin ?? [], settings.allowedOrigins].flat();
  const age = new TokenAge(clock);
  const tokens = new TokenMaker(key, age);
  const verifier = new TokenVerifier(key, age);
  const networkName = networkNames(secret);
  const shared = {
    ...{ log, clock, metrics, directory, tokens },
    verifier,
    networkName,
    seatToken: tokens.participant.bind(tokens),
    readInvitation: (invitation: string) => readInvitation(verifier, invitation),
    async invitationToken(meetingId: string, terms: InvitationTerms) {
      const invitation = await tokens.invitation(meetingId, terms);
      return { id: nameOf(invitation), invitation };
    },
    longestInvitation: MAX_INVITATION_LIFETIME,
    guesses: new PasscodeGuesses(clock),
    limits: new AddressLimits(
      home.shared && { link: home.shared.link, isUp: () => !home.isFailing(), networkName },
    ),
    clientAddress: clientAddressBy(
      settings.trustedProxies,
      onceOnly(() => log.warn(STRANGE_PROXY)),
    ),
    originPolicy: originPolicy(origins, settings.production),
    isDraining: () => draining,
    isFailing: home.isFailing,
    find,
    viewOf: (meetingId: string, node: string) => {
      if (otherNodes === null) throw new Refusal('internal');
      return otherNodes.meetings.viewOf(meetingId, node);
    },
  };
  const callsToOwn = callsHere(shared);
  const calls = home.shared
    ? callsAnywhere(callsToOwn, home.shared.owners, home.shared.channel, shared)
    : callsToOwn;
  const { apiKeys, adminToken, maxParticipants } = settings;
  const metricsElsewhere = settings.metricsPort !== null;
  const secure = isSecure(settings);
  const checkServers = (network: string) =>
    iceServersFor(`check-${network}`, { ...settings, turnTtl: CHECK_TTL }, clock.now()).iceServers;
  const app = httpApp({
    ...shared,
    ...{ calls, apiKeys, maxParticipants, secure, metricsElsewhere, webFolder, checkServers },
    relay: settings.turnUrls.length > 0,
    adminToken,
    reports: () => operators.reach.reports(),
  });
  const http = webServer(settings.tls, app);

  const io = createMeetingServer(http, shared);
  const broadcaster = new PresenceBroadcaster(io, clock);
  const otherNodes: OtherNodes | null =
    home.shared && new OtherNodes({ ...home.shared, io, clock });
  directory.onChange = (meeting) => {
    otherNodes?.connections.tellSeats(meeting);
    broadcaster.changed(meeting);
  };
  const teller = new DoorTeller(io, systemClock);
  directory.onDoor = (meeting) => teller.changed(meeting);
  const connectionNamed = (name: string) =>
    otherNodes?.connections.get(name) ??
    (io.sockets.sockets.get(name) as MeetingSocket | undefined);
  const iceServers = (id: string) => iceServersFor(id, settings, clock.now());
  const handlers = {
    ...meetingRequests({ connectionNamed, tokens, iceServers, clock, log, metrics }),
    ...presenceRequests,
    ...linkRequests(clock),
    ...policyRequests({ io, connectionNamed, clock, log }),
    ...knockRequests({ io, connectionNamed, tokens, clock, log }),
    ...removalRequests({ connectionNamed, log }),
    ...roleRequests({ connectionNamed, log }),
    ...floorRequests({ io, log }),
    ...endingRequests({ io, connectionNamed, directory, clock, log }),
    ...chatRequests({ io, chats, clock, metrics }),
    ...typingRequests(io, clock),
    ...signRequests(clock),
    ...tokenRequests(tokens, iceServers),
  };
  const stalls = new StallWatch(clock);
  // Who is lost because the server stops or stood still gets as long to come back as after a restart (R9).
  const lossBy = (reason: string): Loss =>
    draining || stalls.wasAway ? 'absence' : reason === 'ping timeout' ? 'silence' : 'closed';
  const operators = operatorSide({
    ...{ ...shared, io, connectionNamed },
    ...{ adminToken, others: home.shared },
    webhooks: () => webhooks?.state() ?? null,
  });
  otherNodes?.answer({ handlers, calls: callsToOwn, ...operators });
  const forward: HandlingParts['forward'] = async (...request) => {
    if (otherNodes === null) throw new Refusal('internal');
    return otherNodes.meetings.forward(...request);
  };
  const onEvent = handleRequests({ ...shared, handlers, relay: relay(io, metrics), forward });
  serveConnections(io, { ...shared, lossBy }, onEvent);
  const stopSweeping = sweepConnections(io, clock, log, metrics);

  const webhooks =
    settings.webhooks && sendWebhooks(settings.webhooks, { outbox, clock, log, metrics });

  const metricsServer = metricsElsewhere ? webServer(null, metricsApp(metrics)) : null;
  try {
    await listen(http, 'PORT', settings.port, settings.host);
    if (metricsServer !== null)
      await listen(metricsServer, 'METRICS_PORT', settings.metricsPort ?? 0, settings.host);
  } catch (fault) {
    await home.close();
    throw fault;
  }
  return {
    url: urlOf(http, settings),
    metricsUrl: metricsServer && urlOf(metricsServer, { host: settings.host, tls: null }),
    drain() {
      draining = true;
      home.shared?.owners.stopTaking();
      tellStopping(io);
    },
    everybodyGone: (patience) => everybodyGone(io, systemClock, patience),
    async close() {
      draining = true;
      const closed = Promise.all([
        stopListening(http),
        metricsServer && stopListening(metricsServer),
      ]);
      stopSweeping();
      operators.close();
      stalls.close();
      directory.close();
      webhooks?.stop();
      await closeConnections(io, systemClock);
      await io.close();
      http.closeAllConnections();
      metricsServer?.closeAllConnections();
      await closed;
      await home.close();
    },
  };
}

/** Whether browsers may be told that this address is served over TLS for good. */
function isSecure({ publicOrigin, tls }: Settings): boolean {
  return publicOrigin?.startsWith('https:') === true || (tls !== null && !isSelfMade(tls));
}

/** Behind a proxy that nobody named, everybody counts as one address; said once, because anybody can send the header. */
const STRANGE_PROXY =
  'X-Forwarded-For came from an address that is not in TRUST_PROXY; if it is your proxy, add it, or all people count as one';

function onceOnly(act: () => void): () => void {
  let done = false;
  return () => {
    if (!done) act();
    done = true;
  };
}
