import { surfaceError } from './surface-error.ts';
import type { MediaState, ReplyData } from '@confab/protocol';
import type { KnownParticipant } from './known-participant.ts';
import type { SentTracks } from './link-connection.ts';
import type { ConnectionState } from './meeting-events.ts';
import { Mesh, type MeshListener } from './mesh.ts';
import type { PageCertificate } from './sealing/certificate.ts';
import { ServerPresence, type ServerPresenceOptions } from './server-presence.ts';
import { SnapshotFeed } from './snapshot-feed.ts';
import { SnapshotOpener } from './snapshot-opener.ts';
import { Vouching, signsOfLife } from './vouching.ts';

export type SeatListener = MeshListener & {
  onConnection(state: ConnectionState): void;
  onParticipants(participants: KnownParticipant[]): void;
  /** The token ran out while there was no server to renew it: only another admission helps. */
  onExpired(): void;
};

export type SeatOptions = Omit<ServerPresenceOptions, 'listener'> & {
  meetingId: string;
  secret: string;
  certificate: PageCertificate;
  tracks: SentTracks;
  listener: SeatListener;
};

/** One incarnation in one seat: its presence at the server, and its links, which do not need the server to live (R35). */
export class Seat {
  readonly mesh: Mesh;
  readonly #presence: ServerPresence;
  readonly #feed: SnapshotFeed;
  readonly #vouching: Vouching;
  readonly #listener: SeatListener;
  #iceServers: RTCIceServer[] = [];
  #seated = false;

  constructor(options: SeatOptions) {
    const { meetingId, secret, entry, tracks, certificate, surroundings, listener } = options;
    const { clock } = surroundings;
    this.#listener = listener;
    this.#presence = this.#beAt(options);
    const { client } = this.#presence;
    this.mesh = new Mesh({
      meetingId,
      ...entry,
      tracks,
      clock,
      openConnection: (link, linkListener) =>
        surroundings.openConnection(this.#iceServers, certificate.certificate, link, linkListener),
      transmit: (to, sealed) => client.send(to, sealed),
      listener,
    });
    const opener = new SnapshotOpener(secret, meetingId, (id, kind) =>
      listener.onRefused(id, kind),
    );
    this.#feed = new SnapshotFeed(opener, (participants) => this.#see(participants));
    this.#vouching = new Vouching(
      clock,
      async (id) => signsOfLife(await this.mesh.stats(id)),
      (participants) => {
        client.request('presence:vouch', { participants }).catch(() => undefined);
      },
    );
    client.events.on('meeting:changed', (snapshot) => this.#feed.offer(snapshot));
    client.events.on('signal:received', ({ from, sealed }) => {
      this.mesh.accept(from, sealed).catch(surfaceError);
    });
    client.events.on('seat:taken', () => {
      this.close();
      listener.onConnection({ status: 'taken' });
    });
  }

  get token(): string {
    return this.#presence.token;
  }

  take(): void {
    this.#presence.client.connect();
  }

  announce(media: MediaState): void {
    this.#presence.announce(media);
  }

  /** Tells the server; resolves whether or not it answers. */
  giveUp(): Promise<void> {
    return this.#presence.leave();
  }

  close(): void {
    this.#presence.close();
    this.#feed.close();
    this.#vouching.close();
    this.mesh.close();
  }

  #beAt(options: SeatOptions): ServerPresence {
    const { listener } = options;
    return new ServerPresence({
      ...options,
      listener: {
        onSeated: ({ iceServers, snapshot }) => {
          this.#seated = true;
          this.#iceServers = iceServers.map(iceServerOf);
          this.#feed.restart(snapshot);
          this.mesh.setConnected(true);
        },
        onTransport: (transport) => listener.onConnection({ status: 'connected', transport }),
        onLost: (attempt) => {
          this.mesh.setConnected(false);
          listener.onConnection(
            this.#seated ? { status: 'reconnecting', attempt } : { status: 'connecting' },
          );
        },
        onRefused: (code) => {
          this.close();
          if (code === 'token-expired') listener.onExpired();
          else listener.onConnection({ status: 'refused', error: code });
        },
      },
    });
  }

  #see(participants: KnownParticipant[]): void {
    this.mesh.reconcile(participants);
    const reconnecting = participants.filter(({ presence }) => presence === 'reconnecting');
    this.#vouching.watch(reconnecting.map(({ id }) => id));
    this.#listener.onParticipants(participants);
  }
}

/** Leaves out what the server did not say, as the browser's type demands. */
function iceServerOf(server: ReplyData<'meeting:join'>['iceServers'][number]): RTCIceServer {
  const { urls, username, credential } = server;
  return {
    urls,
    ...(username !== undefined && { username }),
    ...(credential !== undefined && { credential }),
  };
}
