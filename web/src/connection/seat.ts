import { type MediaState, Refusal, type RefusalCode, type ReplyData } from '@confab/protocol';
import { BackOff } from './back-off.ts';
import type { KnownParticipant } from './known-participant.ts';
import type { SentTracks } from './link-connection.ts';
import { MediaAnnouncer } from './media-announcer.ts';
import type { ConnectionState, MeetingEvents, RefusedSignals, Slot } from './meeting-events.ts';
import type { Admission } from './meetings-api.ts';
import { Mesh } from './mesh.ts';
import type { SeatEntry } from './seat-entry.ts';
import type { PageCertificate } from './sealing/certificate.ts';
import type { Transport } from './signaling-client.ts';
import { SnapshotFeed } from './snapshot-feed.ts';
import { SnapshotOpener } from './snapshot-opener.ts';
import type { Surroundings } from './surroundings.ts';
import { TokenKeeper } from './token-keeper.ts';
import { Vouching, signsOfLife } from './vouching.ts';

export type SeatOptions = {
  meetingId: string;
  secret: string;
  admission: Admission;
  entry: SeatEntry;
  certificate: PageCertificate;
  media: MediaState;
  tracks: SentTracks;
  url?: string | undefined;
  transports?: Transport[] | undefined;
  surroundings: Surroundings;
  listener: SeatListener;
};

export type SeatListener = {
  onConnection(state: ConnectionState): void;
  onParticipants(participants: KnownParticipant[]): void;
  onLink(link: MeetingEvents['link']): void;
  onLevel(level: MeetingEvents['level']): void;
  onRefusedSignal(participantId: string, kind: keyof RefusedSignals): void;
  /** The token ran out while there was no server to renew it: only another admission helps. */
  onExpired(): void;
};

/** Refusals that pass: the server is stopping, busy or slow. */
const PASSING: RefusalCode[] = ['server-draining', 'too-many-requests', 'internal', 'timeout'];

/** One incarnation in one seat: takes it, holds it through every loss of the server, and gives it up. */
export class Seat {
  readonly #options: SeatOptions;
  readonly #client: ReturnType<Surroundings['connectTo']>;
  readonly #keeper: TokenKeeper;
  readonly #announcer: MediaAnnouncer;
  readonly #feed: SnapshotFeed;
  readonly #mesh: Mesh;
  readonly #vouching: Vouching;
  readonly #backOff: BackOff;
  #iceServers: RTCIceServer[] = [];
  #seated = false;
  #closed = false;
  #joins = 0;

  constructor(options: SeatOptions) {
    this.#options = options;
    const { meetingId, secret, admission, entry, certificate, surroundings, listener } = options;
    const { clock } = surroundings;
    const onRefused = (id: string, kind: keyof RefusedSignals) =>
      listener.onRefusedSignal(id, kind);
    this.#client = surroundings.connectTo({
      url: options.url,
      transports: options.transports,
      token: () => this.#keeper.token,
    });
    this.#keeper = new TokenKeeper(clock, admission, () => this.#client.request('token:renew', {}));
    this.#announcer = new MediaAnnouncer(clock, options.media, (media) =>
      this.#client.request('presence:update', media),
    );
    this.#mesh = new Mesh({
      meetingId,
      self: entry.self,
      sealer: entry.sealer,
      tracks: options.tracks,
      clock,
      openConnection: (link, linkListener) =>
        surroundings.openConnection(this.#iceServers, certificate.certificate, link, linkListener),
      transmit: (to, sealed) => this.#client.send(to, sealed),
      onLink: (link) => listener.onLink(link),
      onLevel: (level) => listener.onLevel(level),
      onRefused,
    });
    const opener = new SnapshotOpener(secret, meetingId, onRefused);
    this.#feed = new SnapshotFeed(opener, (participants) => this.#see(participants));
    this.#vouching = new Vouching(
      clock,
      async (id) => signsOfLife(await this.#mesh.stats(id)),
      (participants) => {
        this.#client.request('presence:vouch', { participants }).catch(() => undefined);
      },
    );
    this.#backOff = new BackOff(clock);
    this.#listen();
  }

  get token(): string {
    return this.#keeper.token;
  }

  get mesh(): Mesh {
    return this.#mesh;
  }

  take(): void {
    this.#client.connect();
  }

  setMedia(media: MediaState): void {
    this.#announcer.announce(media);
  }

  setTrack(slot: Slot, track: MediaStreamTrack | null): Promise<void> {
    return this.#mesh.sendTrack(slot, track);
  }

  /** Tells the server; resolves whether or not it answers. */
  async giveUp(): Promise<void> {
    await this.#client.request('meeting:leave', {}).catch(() => undefined);
  }

  close(): void {
    this.#closed = true;
    this.#keeper.close();
    this.#announcer.pause();
    this.#feed.close();
    this.#vouching.close();
    this.#backOff.stop();
    this.#mesh.close();
    this.#client.close();
  }

  #listen(): void {
    const { events } = this.#client;
    const { listener } = this.#options;
    events.on('connected', (transport) => {
      this.#join(transport).catch(reportError);
    });
    events.on('upgraded', (transport) => {
      if (this.#seated) listener.onConnection({ status: 'connected', transport });
    });
    events.on('reconnecting', (attempt) => this.#lose(attempt));
    events.on('refused', (code) => this.#refuse(code));
    events.on('meeting:changed', (snapshot) => this.#feed.offer(snapshot));
    events.on('signal:received', ({ from, sealed }) => {
      this.#mesh.accept(from, sealed).catch(reportError);
    });
    events.on('seat:taken', () => {
      this.close();
      listener.onConnection({ status: 'taken' });
    });
  }

  async #join(transport: Transport): Promise<void> {
    const { entry } = this.#options;
    const media = this.#announcer.wanted;
    this.#joins += 1;
    const join = this.#joins;
    const isPast = () => this.#closed || join !== this.#joins;
    this.#backOff.stop();
    const { incarnation } = entry.self;
    let reply: ReplyData<'meeting:join'>;
    try {
      reply = await this.#client.request('meeting:join', {
        incarnation,
        hello: entry.hello,
        media,
      });
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (!isPast()) this.#refuse(error.code);
      return;
    }
    if (isPast()) return;
    if (reply.participantId !== entry.self.participantId) {
      this.#refuse('token-invalid');
      return;
    }
    this.#keeper.keep(reply);
    this.#iceServers = reply.iceServers.map(iceServerOf);
    this.#backOff.succeeded();
    this.#seated = true;
    this.#feed.restart(reply.snapshot);
    this.#announcer.joinedWith(media);
    this.#mesh.setConnected(true);
    this.#options.listener.onConnection({ status: 'connected', transport });
  }

  #lose(attempt: number): void {
    this.#seated = false;
    this.#announcer.pause();
    this.#mesh.setConnected(false);
    this.#options.listener.onConnection({ status: 'reconnecting', attempt });
  }

  #refuse(code: RefusalCode): void {
    if (PASSING.includes(code)) {
      this.#backOff.schedule(() => this.#client.reconnect());
      this.#lose(this.#backOff.tries);
    } else if (code === 'token-expired') {
      this.close();
      this.#options.listener.onExpired();
    } else {
      this.close();
      this.#options.listener.onConnection({ status: 'refused', error: code });
    }
  }

  #see(participants: KnownParticipant[]): void {
    this.#mesh.reconcile(participants);
    this.#vouching.watch(
      participants.filter(({ presence }) => presence === 'reconnecting').map(({ id }) => id),
    );
    this.#options.listener.onParticipants(participants);
  }
}

function iceServerOf({
  urls,
  username,
  credential,
}: ReplyData<'meeting:join'>['iceServers'][number]) {
  return {
    urls,
    ...(username !== undefined && { username }),
    ...(credential !== undefined && { credential }),
  };
}
