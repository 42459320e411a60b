import { surfaceError } from './surface-error.ts';
import { type MediaState, Refusal, type RefusalCode, type ReplyData } from '@confab/protocol';
import { ConnectionProof } from './connection-proof.ts';
import { type Loss, LossNews } from './loss-news.ts';
import { MediaAnnouncer } from './media-announcer.ts';
import type { IceAnswer } from './ice-credentials.ts';
import type { Admission } from './meetings-api.ts';
import type { SeatEntry } from './seat-entry.ts';
import { SeatRetries } from './seat-retries.ts';
import type { Surroundings } from './surroundings.ts';
import { TokenKeeper } from './token-keeper.ts';
import type { Transport } from './transport-order.ts';

export type ServerPresenceListener = {
  /** The seat is taken, or taken back. */
  onSeated(reply: ReplyData<'meeting:join'>): void;
  onTransport(transport: Transport): void;
  /** Nothing goes through the server now. */
  onAway(): void;
  /** The server has been away for long enough to say so. */
  onLoss(loss: Loss): void;
  /** For good. */
  onRefused(code: RefusalCode): void;
  /** What leads back to the seat, at every change (R8). */
  onClaim(claim: { token: string; resume: string }): void;
  onIceServers(answer: IceAnswer): void;
};

export type ServerPresenceOptions = {
  admission: Admission;
  /** What the page load before this one was last given for the seat (R8). */
  resume?: string | undefined;
  entry: SeatEntry;
  media: MediaState;
  url?: string | undefined;
  transports?: Transport[] | undefined;
  surroundings: Surroundings;
  listener: ServerPresenceListener;
};

/** Refusals that pass: the server is stopping, busy or slow. */
const PASSING: RefusalCode[] = ['server-draining', 'too-many-requests', 'internal', 'timeout'];

/** Holds the seat at the server: joins, joins again after every loss (with the same incarnation), keeps its token fresh. */
export class ServerPresence {
  readonly client: ReturnType<Surroundings['connectTo']>;
  readonly #options: ServerPresenceOptions;
  readonly #listener: ServerPresenceListener;
  readonly #keeper: TokenKeeper;
  readonly #announcer: MediaAnnouncer;
  readonly #retries: SeatRetries;
  readonly #news: LossNews;
  readonly #proof: ConnectionProof;
  #resume: string | undefined;
  #state: 'away' | 'joining' | 'seated' | 'closed' = 'away';
  #everSeated = false;
  #forgotten = false;
  #silent = false;
  #joins = 0;
  #cancelMove: (() => void) | null = null;

  constructor(options: ServerPresenceOptions) {
    const { admission, media, url, transports, surroundings, listener, resume } = options;
    const { clock } = surroundings;
    this.#options = options;
    this.#listener = listener;
    this.#resume = resume;
    this.#retries = new SeatRetries(clock, () => this.client.reconnect());
    this.#news = new LossNews(clock, (loss) => listener.onLoss(loss));
    this.client = surroundings.connectTo({ url, transports, token: () => this.#keeper.token });
    this.#keeper = new TokenKeeper(
      clock,
      admission,
      () => this.#renew(),
      (token) => {
        if (this.#resume !== undefined) listener.onClaim({ token, resume: this.#resume });
      },
    );
    // The answer brings fresh TURN credentials as well, which a new network asks for.
    this.#proof = new ConnectionProof(
      clock,
      () => this.#keeper.renew(),
      () => this.client.reconnect(),
    );
    this.#announcer = new MediaAnnouncer(clock, media, (latest) =>
      this.client.request('presence:update', latest),
    );
    this.#listen();
  }

  announce(media: MediaState): void {
    this.#announcer.announce(media);
  }

  /** Where the server is away, tries to come back at once. */
  hurry(): void {
    if (this.#state === 'away') this.#retries.now();
  }

  /** Has a connection that stands prove that it still carries, or makes another. */
  doubt(): void {
    if (this.#state === 'seated') this.#proof.demand();
  }

  /** Has the token and the TURN credential renewed now; resolves whether or not the server answers. */
  renew(): Promise<void> {
    return this.#keeper.renew();
  }

  /** Gives the seat up; resolves whether or not the server answers. */
  async leave(): Promise<void> {
    await this.client.request('meeting:leave', {}).catch(() => undefined);
  }

  close(): void {
    this.#state = 'closed';
    this.#keeper.close();
    this.#announcer.pause();
    this.#retries.stop();
    this.#news.over();
    this.#cancelMove?.();
    this.#proof.stop();
    this.client.close();
  }

  #listen(): void {
    const { events } = this.client;
    events.on('connected', (transport) => {
      this.#join(transport).catch(surfaceError);
    });
    events.on('upgraded', (transport) => {
      if (this.#state === 'seated') this.#listener.onTransport(transport);
    });
    events.on('silent', () => (this.#silent = true));
    events.on('lost', () => this.#lose());
    events.on('trying', () => {
      this.#retries.begun();
      this.#lose();
    });
    events.on('missed', () => this.#retries.missed());
    events.on('refused', (code) => this.#refuse(code));
    events.on('server:stopping', ({ delay }) => {
      this.#news.expect();
      this.#cancelMove ??= this.#options.surroundings.clock.after(delay, () =>
        this.client.reconnect(),
      );
    });
  }

  async #join(transport: Transport): Promise<void> {
    this.#joins += 1;
    const join = this.#joins;
    const isPast = () => this.#state !== 'joining' || join !== this.#joins;
    this.#state = 'joining';
    this.#retries.stop();
    const { self, hello } = this.#options.entry;
    const { incarnation } = self;
    const resume = this.#resume;
    const media = this.#announcer.wanted;
    try {
      const reply = await this.client.request('meeting:join', {
        incarnation,
        hello,
        media,
        ...(resume !== undefined && { resume }),
      });
      if (isPast()) return;
      if (reply.participantId !== self.participantId) throw new Refusal('token-invalid');
      this.#sit(reply, transport);
      this.#announcer.joinedWith(media);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (!isPast()) this.#refuse(error.code);
    }
  }

  #sit(reply: ReplyData<'meeting:join'>, transport: Transport): void {
    this.#state = 'seated';
    this.#everSeated = true;
    this.#forgotten = false;
    this.#silent = false;
    this.#resume = reply.resume;
    this.#retries.succeeded();
    this.#news.over();
    this.#keeper.keep(reply);
    this.#listener.onIceServers(reply);
    this.#listener.onSeated(reply);
    this.#listener.onTransport(transport);
  }

  async #renew(): Promise<ReplyData<'token:renew'>> {
    const reply = await this.client.request('token:renew', {});
    this.#listener.onIceServers(reply);
    return reply;
  }

  #lose(): void {
    if (this.#state === 'closed') return;
    this.#state = 'away';
    this.#cancelMove?.();
    this.#cancelMove = null;
    this.#proof.stop();
    this.#announcer.pause();
    this.#listener.onAway();
    this.#news.lost({
      attempt: this.#retries.attempt,
      forgotten: this.#forgotten,
      silent: this.#silent,
    });
  }

  /** To people who are in the meeting a server that has forgotten it is one that is away (R35). */
  #refuse(code: RefusalCode): void {
    if (this.#state === 'closed') return;
    this.#forgotten = this.#everSeated && code === 'meeting-not-found';
    if (this.#forgotten || PASSING.includes(code)) {
      if (code === 'server-draining') this.#retries.soon();
      else this.#retries.later();
      this.#lose();
    } else {
      this.close();
      this.#listener.onRefused(code);
    }
  }
}
