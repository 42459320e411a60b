import { surfaceError } from './surface-error.ts';
import { type MediaState, Refusal, type RefusalCode, type ReplyData } from '@confab/protocol';
import { BackOff } from './back-off.ts';
import { MediaAnnouncer } from './media-announcer.ts';
import type { Admission } from './meetings-api.ts';
import type { SeatEntry } from './seat-entry.ts';
import type { Transport } from './signaling-client.ts';
import type { Surroundings } from './surroundings.ts';
import { TokenKeeper } from './token-keeper.ts';

export type ServerPresenceListener = {
  /** The seat is taken, or taken back. */
  onSeated(reply: ReplyData<'meeting:join'>): void;
  onTransport(transport: Transport): void;
  /** The server is away; `attempt` counts the tries to reach it from 1. */
  onLost(attempt: number): void;
  /** For good. */
  onRefused(code: RefusalCode): void;
};

export type ServerPresenceOptions = {
  admission: Admission;
  entry: SeatEntry;
  media: MediaState;
  url?: string | undefined;
  transports?: Transport[] | undefined;
  surroundings: Surroundings;
  listener: ServerPresenceListener;
};

/** Refusals that pass: the server is stopping, busy or slow. */
const PASSING: RefusalCode[] = ['server-draining', 'too-many-requests', 'internal', 'timeout'];

/** What a server says that has lost its memory. For people who are in the meeting already it goes on without (R35). */
const FORGOTTEN: RefusalCode[] = ['meeting-not-found', 'token-invalid'];

/** Holds the seat at the server: joins, joins again after every loss (with the same incarnation), keeps its token fresh. */
export class ServerPresence {
  readonly client: ReturnType<Surroundings['connectTo']>;
  readonly #entry: SeatEntry;
  readonly #listener: ServerPresenceListener;
  readonly #keeper: TokenKeeper;
  readonly #announcer: MediaAnnouncer;
  readonly #backOff: BackOff;
  #seated = false;
  #everSeated = false;
  #closed = false;
  #joins = 0;

  constructor({ admission, entry, media, url, transports, ...rest }: ServerPresenceOptions) {
    const { surroundings } = rest;
    const { clock } = surroundings;
    this.#entry = entry;
    this.#listener = rest.listener;
    this.#backOff = new BackOff(clock);
    this.client = surroundings.connectTo({ url, transports, token: () => this.token });
    this.#keeper = new TokenKeeper(clock, admission, () => this.client.request('token:renew', {}));
    this.#announcer = new MediaAnnouncer(clock, media, (latest) =>
      this.client.request('presence:update', latest),
    );
    const { events } = this.client;
    events.on('connected', (transport) => {
      this.#join(transport).catch(surfaceError);
    });
    events.on('upgraded', (transport) => {
      if (this.#seated) this.#listener.onTransport(transport);
    });
    events.on('reconnecting', (attempt) => this.#lose(attempt));
    events.on('refused', (code) => this.#refuse(code));
  }

  get token(): string {
    return this.#keeper.token;
  }

  announce(media: MediaState): void {
    this.#announcer.announce(media);
  }

  /** Gives the seat up; resolves whether or not the server answers. */
  async leave(): Promise<void> {
    await this.client.request('meeting:leave', {}).catch(() => undefined);
  }

  close(): void {
    this.#closed = true;
    this.#keeper.close();
    this.#announcer.pause();
    this.#backOff.stop();
    this.client.close();
  }

  async #join(transport: Transport): Promise<void> {
    this.#joins += 1;
    const join = this.#joins;
    const isPast = () => this.#closed || join !== this.#joins;
    this.#backOff.stop();
    const { self, hello } = this.#entry;
    const media = this.#announcer.wanted;
    try {
      const { incarnation, participantId } = self;
      const reply = await this.client.request('meeting:join', { incarnation, hello, media });
      if (isPast()) return;
      if (reply.participantId !== participantId) throw new Refusal('token-invalid');
      this.#sit(reply, transport);
      this.#announcer.joinedWith(media);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      if (!isPast()) this.#refuse(error.code);
    }
  }

  #sit(reply: ReplyData<'meeting:join'>, transport: Transport): void {
    this.#seated = true;
    this.#everSeated = true;
    this.#keeper.keep(reply);
    this.#backOff.succeeded();
    this.#listener.onSeated(reply);
    this.#listener.onTransport(transport);
  }

  #lose(attempt: number): void {
    if (this.#closed) return;
    this.#seated = false;
    this.#announcer.pause();
    this.#listener.onLost(attempt);
  }

  #refuse(code: RefusalCode): void {
    if (this.#closed) return;
    if (PASSING.includes(code) || (this.#everSeated && FORGOTTEN.includes(code))) {
      this.#backOff.schedule(() => this.client.reconnect());
      this.#lose(this.#backOff.tries);
    } else {
      this.close();
      this.#listener.onRefused(code);
    }
  }
}
