import { surfaceError } from './surface-error.ts';
import type {
  DeniedPeople,
  Door,
  MediaState,
  Payload,
  Policy,
  RefusalCode,
} from '@confab/protocol';
import type { ChatConnection } from './chat-connection.ts';
import type { DoorOpener, DoorView } from './door-opener.ts';
import { IceCredentials } from './ice-credentials.ts';
import type { KnownParticipant } from './known-participant.ts';
import { LinkReports } from './link-reports.ts';
import type { SentTracks } from './link-connection.ts';
import type { Command, ConnectionState, HostWord, MeetingEvents } from './meeting-events.ts';
import { Mesh, type MeshListener } from './mesh.ts';
import { Obedience } from './obedience.ts';
import type { PageCertificate } from './sealing/certificate.ts';
import { ServerPresence, type ServerPresenceOptions } from './server-presence.ts';
import { SnapshotFeed } from './snapshot-feed.ts';
import { SnapshotOpener } from './snapshot-opener.ts';
import type { SignsConnection } from './signs-connection.ts';
import { Vouching, signsOfLife } from './vouching.ts';

export type SeatListener = MeshListener & {
  onConnection(state: ConnectionState): void;
  onParticipants(participants: KnownParticipant[]): void;
  /** What hosts have set, with every snapshot. */
  onPolicy(policy: Policy): void;
  /** Whoever runs the server says something to everybody (R80). */
  onAnnounced(text: string): void;
  onClaim(claim: MeetingEvents['seat']): void;
  /** Whether one may become a host, with every snapshot (R65). */
  onOffered(isOffered: boolean): void;
  /** What hosts alone are told (R63). */
  onDoor(door: DoorView): void;
  /** A host has removed somebody, whom the next snapshot has no more (R61). */
  onRemoved(participantId: string): void;
  /** A host has something done at this page (R66, R68). */
  onTold(word: HostWord): void;
  /** Whose page does not do as hosts say, whenever that changes (R100). */
  onDisobedience(participantIds: string[]): void;
  /** The server does not take the token (any more): only another admission helps. The links live on until the seat is closed. */
  onUnseated(): void;
};

export type SeatOptions = Omit<ServerPresenceOptions, 'listener'> & {
  meetingId: string;
  secret: string;
  certificate: PageCertificate;
  /** R50. */
  relayOnly: boolean;
  tracks: SentTracks;
  chat: Pick<ChatConnection, 'enter' | 'pause'>;
  signs: Pick<SignsConnection, 'enter' | 'pause' | 'know'>;
  listener: SeatListener;
};

/** One incarnation in one seat: its presence at the server, and its links, which do not need the server to live (R35). */
export class Seat {
  readonly participantId: string;
  readonly mesh: Mesh;
  readonly #presence: ServerPresence;
  readonly #feed: SnapshotFeed;
  readonly #vouching: Vouching;
  readonly #obedience: Obedience;
  readonly #reports: LinkReports;
  readonly #listener: SeatListener;
  readonly #chat: SeatOptions['chat'];
  readonly #signs: SeatOptions['signs'];
  readonly #credentials: IceCredentials;
  #wasSeated = false;
  #door: Promise<DoorOpener> | null = null;
  /** What is to be done once the meeting is seen as it is since the seat was given. */
  #afterSight: (() => void) | null = null;

  constructor(options: SeatOptions) {
    const { meetingId, secret, entry, tracks, certificate, surroundings, listener } = options;
    const { clock } = surroundings;
    this.participantId = entry.self.participantId;
    this.#listener = listener;
    this.#chat = options.chat;
    this.#signs = options.signs;
    this.#credentials = new IceCredentials(clock, () => this.#presence.renew());
    this.#presence = this.#beAt(options);
    const { client } = this.#presence;
    this.mesh = new Mesh({
      meetingId,
      ...entry,
      tracks,
      clock,
      openConnection: (link, linkListener) =>
        surroundings.openConnection(
          {
            iceServers: this.#credentials.latest,
            certificate: certificate.certificate,
            relayOnly: options.relayOnly,
          },
          link,
          linkListener,
        ),
      iceServers: () => this.#credentials.ready(),
      toServer: (to, sealed) => client.send(to, sealed),
      listener: {
        ...listener,
        onLink: (link) => {
          // What broke the link may have broken the server's connection as well, and its repair must not wait for somebody to notice.
          if (link.standing === 'restoring') this.doubt();
          this.#obedience.receive(link.participantId, link.tracks);
          listener.onLink(link);
        },
      },
    });
    this.#obedience = new Obedience({
      ...listener,
      selfId: this.participantId,
      clock,
      stats: (id) => this.mesh.stats(id),
      onAllowed: (participants) => this.mesh.reconcile(participants),
    });
    this.#reports = new LinkReports({
      clock,
      client,
      works: (id) => this.mesh.works(id),
      stats: (id) => this.mesh.stats(id),
    });
    const opener = new SnapshotOpener(secret, meetingId, (id, kind) =>
      listener.onRefused(id, kind),
    );
    this.#feed = new SnapshotFeed(opener, (participants, { policy, offered }) => {
      this.#see(participants);
      listener.onPolicy(policy);
      listener.onOffered(offered === this.participantId);
    });
    this.#vouching = new Vouching(
      clock,
      (id) => this.mesh.works(id),
      async (id) => signsOfLife(await this.mesh.stats(id)),
      (participants) => {
        client.request('presence:vouch', { participants }).catch(() => undefined);
      },
    );
    client.events.on('meeting:changed', (snapshot) => this.#feed.offer(snapshot));
    client.events.on('signal:received', ({ from, sealed }) => {
      this.mesh.accept(from, sealed).catch(surfaceError);
    });
    client.events.on('server:announced', ({ text }) => listener.onAnnounced(text));
    client.events.on('seat:taken', () => this.#end({ status: 'taken' }));
    client.events.on('seat:removed', () => this.#end({ status: 'refused', error: 'removed' }));
    client.events.on('participant:removed', ({ participant }) => listener.onRemoved(participant));
    client.events.on('seat:muted', ({ by }) => listener.onTold({ what: 'muted', by }));
    client.events.on('seat:unshared', ({ by }) => listener.onTold({ what: 'unshared', by }));
    client.events.on('meeting:ended', () =>
      this.#end({ status: 'refused', error: 'meeting-ended' }),
    );
    for (const notice of ['door:changed', 'door:denied'] as const)
      client.events.on(notice, (told) => {
        this.#showDoor(told, options).catch(surfaceError);
      });
  }

  take(): void {
    this.#presence.client.connect();
  }

  announce(media: MediaState): void {
    this.#presence.announce(media);
  }

  /** What hosts may ask; throws a Refusal, for everybody else `forbidden`. */
  async command<Name extends Command>(name: Name, payload: Payload<Name>): Promise<void> {
    await this.#presence.client.request(name, payload);
  }

  /** Asks the server at once where it would wait. */
  hurry(): void {
    this.#presence.hurry();
  }

  /** Has the server's connection prove that it still carries. */
  doubt(): void {
    this.#presence.doubt();
  }

  /** Tells the server; resolves whether or not it answers. */
  giveUp(): Promise<void> {
    return this.#presence.leave();
  }

  close(): void {
    this.#afterSight = null;
    this.#chat.pause(this.#presence.client);
    this.#signs.pause(this.#presence.client);
    this.#presence.close();
    this.#feed.close();
    this.#vouching.close();
    this.#obedience.pause();
    this.#reports.close();
    this.mesh.close();
  }

  #beAt(options: SeatOptions): ServerPresence {
    const { chat, signs, entry, listener } = options;
    const { participantId } = this;
    return new ServerPresence({
      ...options,
      listener: {
        onSeated: ({ snapshot }) => {
          this.#feed.begin(snapshot);
          this.mesh.setConnected(true);
          // What broke the server's connection may have broken links as well.
          if (this.#wasSeated) this.mesh.suspect('slight');
          this.#wasSeated = true;
          // The links' first offers go before what can wait: they are what people see.
          this.#afterSight = () => {
            chat.enter(this.#presence.client, entry).catch(surfaceError);
          };
          signs.enter(this.#presence.client, entry);
        },
        onTransport: (transport) => listener.onConnection({ status: 'connected', transport }),
        onAway: () => {
          this.#afterSight = null;
          this.#feed.pause();
          this.#obedience.pause();
          this.mesh.setConnected(false);
          chat.pause(this.#presence.client);
          signs.pause(this.#presence.client);
        },
        onLoss: ({ attempt, forgotten, silent }) =>
          listener.onConnection(
            this.#wasSeated
              ? {
                  status: 'reconnecting',
                  attempt,
                  ...(forgotten && { forgotten }),
                  ...(silent && { silent }),
                }
              : { status: 'connecting' },
          ),
        onRefused: (code) => this.#refuse(code),
        onClaim: (claim) => listener.onClaim({ participantId, ...claim }),
        onIceServers: (answer) => {
          this.#credentials.keep(answer);
          this.mesh.useIceServers(this.#credentials.latest);
        },
      },
    });
  }

  /** Most meetings never have anybody at the door. */
  async #showDoor(
    told: Door | DeniedPeople,
    { secret, meetingId, listener }: SeatOptions,
  ): Promise<void> {
    if (!this.#door && Object.values(told).every((people) => people.length === 0)) return;
    this.#door ??= import('./door-opener.ts').then(
      ({ DoorOpener }) => new DoorOpener(secret, meetingId, (opened) => listener.onDoor(opened)),
    );
    await (await this.#door).show(told);
  }

  #refuse(code: RefusalCode): void {
    this.mesh.setConnected(false);
    const isWorthless = code === 'token-expired' || (this.#wasSeated && code === 'token-invalid');
    if (isWorthless) this.#listener.onUnseated();
    else if (this.#wasSeated && code === 'resume-invalid') this.#end({ status: 'taken' });
    else this.#end({ status: 'refused', error: code });
  }

  #end(state: ConnectionState): void {
    this.close();
    this.#listener.onConnection(state);
  }

  #see(participants: KnownParticipant[]): void {
    this.#obedience.see(participants);
    this.#reports.see(participants);
    this.#signs.know(participants);
    const reconnecting = participants.filter(({ presence }) => presence === 'reconnecting');
    this.#vouching.watch(reconnecting.map(({ id }) => id));
    this.#listener.onParticipants(participants);
    this.#afterSight?.();
    this.#afterSight = null;
  }
}
