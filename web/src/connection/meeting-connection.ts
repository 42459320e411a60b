import { type MediaState, Refusal } from '@confab/protocol';
import type { Doorstep } from './doorstep.ts';
import { Emitter } from './emitter.ts';
import type { KnownParticipant } from './known-participant.ts';
import type { SentTracks } from './link-connection.ts';
import type { ConnectionState, MeetingEvents, ParticipantView, Slot } from './meeting-events.ts';
import { type Admission, Unreachable } from './meetings-api.ts';
import { RefusedTally } from './refused-tally.ts';
import { makeSeatEntry } from './seat-entry.ts';
import { Seat } from './seat.ts';
import { type Surroundings, pageSurroundings } from './surroundings.ts';

export type MeetingConnectionOptions = {
  meetingId: string;
  /** The link's secret, 43 characters. */
  secret: string;
  admission: Admission;
  /** Shown at the first join, to come back to the seat that `admission` names (R8). */
  resume?: string | null;
  /** Asks for a seat again, with all that is known of whoever had one, where the one they had is worthless. */
  admit?: () => Promise<Admission>;
  /** The display name as typed; others see it normalised (R20). */
  name: string;
  media: MediaState;
  tracks: SentTracks;
  /** A connection that stands ready for this admission. It is the meeting connection's to use and to close. */
  doorstep?: Doorstep | undefined;
  /** Where the server is; the page's own origin by default. */
  url?: string;
  transports?: ('websocket' | 'polling')[];
};

const JOIN_MS = 15_000;
const BEGIN_MS = 100;
const LEAVE_MS = 1_000;
const SEEK_AGAIN_MS = 5_000;

/** A page's presence in a meeting: its seat, and one link to each of the others. Serves one page load. */
export class MeetingConnection {
  readonly events = new Emitter<MeetingEvents>();
  readonly #options: MeetingConnectionOptions;
  readonly #surroundings: Surroundings;
  readonly #tally: RefusedTally;
  readonly #tracks: SentTracks;
  #media: MediaState;
  #admission: Admission;
  #doorstep: Doorstep | null;
  #seat: Seat | null = null;
  #over = false;

  constructor(options: MeetingConnectionOptions, surroundings = pageSurroundings) {
    this.#options = options;
    this.#surroundings = surroundings;
    this.#admission = options.admission;
    this.#doorstep = options.doorstep ?? null;
    this.#media = options.media;
    this.#tracks = { ...options.tracks };
    this.#tally = new RefusedTally((participantId, refused) =>
      this.events.emit('refused', { participantId, refused }),
    );
    addEventListener('pagehide', this.#interrupt);
  }

  /** Changes only when the seat was lost for good and another one had to be asked for. */
  get participantId(): string {
    return this.#admission.participantId;
  }

  /**
   * Resolves when the seat is taken, everybody who is there has been told and the links to them are offered (waiting 100 ms for
   * that at most): drawing them can wait, making the links cannot. Rejects with Refusal or Unreachable, after which all is closed.
   */
  async join(): Promise<void> {
    const entered = this.#entered();
    const met = this.#met();
    this.#announce({ status: 'connecting' });
    try {
      await Promise.all([this.#takeSeat(), entered, met]);
      await Promise.race([this.#seat?.mesh.begun(), this.#pause(BEGIN_MS)]);
    } catch (error) {
      this.close();
      throw error;
    }
  }

  /** Sends `track` (or nothing) in `slot` on every link, present and later ones. Costs no signal. */
  async setTrack(slot: Slot, track: MediaStreamTrack | null): Promise<void> {
    this.#tracks[slot] = track;
    await this.#seat?.mesh.sendTrack(slot, track);
  }

  /** Tells the others what one sends; the latest wins and is told again after a reconnect. */
  setMedia(media: MediaState): void {
    this.#media = media;
    this.#seat?.announce(media);
  }

  /** Tells the others one's loudness from 0 to 1 and whether it counts as speaking (R33). */
  announceLevel(level: number, speaking: boolean): void {
    this.#seat?.mesh.sendLevel(level, speaking);
  }

  /** The latest token of the seat: with it a reloaded page comes back to the same seat. */
  token(): string {
    return this.#seat?.token ?? this.#admission.token;
  }

  /** What the browser measures about the link to `participantId`; null without one. */
  async linkStats(participantId: string): Promise<RTCStatsReport | null> {
    return (await this.#seat?.mesh.stats(participantId)) ?? null;
  }

  /** Gives the seat up, saying so to the server (for a second at most), and closes everything. */
  async leave(): Promise<void> {
    const seat = this.#seat;
    await Promise.race([seat?.giveUp(), this.#pause(LEAVE_MS)]);
    this.close();
  }

  /** Closes everything without saying so, as a closed tab would. */
  close(): void {
    this.#doorstep?.close();
    this.#doorstep = null;
    this.#seat?.close();
    this.#announce({ status: 'closed' });
  }

  /** Follows the first try to take the seat to its end. */
  #entered(): Promise<void> {
    return new Promise((resolve, reject) => {
      const stop = this.events.on('connection', (state) => {
        if (state.status === 'connected') resolve();
        else if (state.status === 'refused') reject(new Refusal(state.error));
        else if (state.status === 'taken') reject(new Refusal('wrong-state'));
        else if (state.status === 'closed') reject(new Unreachable());
        else return;
        stop();
        cancel();
      });
      const cancel = this.#surroundings.clock.after(JOIN_MS, () => {
        stop();
        reject(new Unreachable());
      });
    });
  }

  /** Waits for the first news of who is there. */
  #met(): Promise<void> {
    return new Promise((resolve) => {
      const stop = this.events.on('participants', () => {
        stop();
        resolve();
      });
    });
  }

  #pause(ms: number): Promise<void> {
    return new Promise((done) => this.#surroundings.clock.after(ms, done));
  }

  async #takeSeat(): Promise<void> {
    const { secret, meetingId, name, url, transports } = this.#options;
    const certificate = await this.#surroundings.certificate();
    const admission = this.#admission;
    const { participantId } = admission;
    const entry = await makeSeatEntry(secret, meetingId, participantId, name, certificate);
    if (this.#over) return;
    this.#seat = new Seat({
      meetingId,
      secret,
      admission,
      entry,
      certificate,
      media: this.#media,
      tracks: this.#tracks,
      url,
      transports,
      surroundings: this.#fromDoorstep(),
      listener: {
        onConnection: (state) => this.#announce(state),
        onParticipants: (participants) =>
          this.events.emit(
            'participants',
            participants.map((one) => this.#viewOf(one)),
          ),
        onLink: (link) => this.events.emit('link', link),
        onLevel: (level) => this.events.emit('level', level),
        onRefused: (from, kind) => this.#tally.count(from, kind),
        onExpired: () => void this.#seekSeat(),
      },
    });
    this.#seat.take();
  }

  /** The first seat is taken on the connection that stands ready, if one does. */
  #fromDoorstep(): Surroundings {
    const doorstep = this.#doorstep;
    if (doorstep === null) return this.#surroundings;
    this.#doorstep = null;
    return { ...this.#surroundings, connectTo: ({ token }) => doorstep.handOver(token) };
  }

  /** After an hour without the server the token is worthless; the link's secret still proves who may come in. */
  async #seekSeat(): Promise<void> {
    const { meetingId, secret } = this.#options;
    this.#announce({ status: 'reconnecting', attempt: 1 });
    try {
      this.#admission = await this.#surroundings.admit(meetingId, secret);
      await this.#takeSeat();
    } catch (error) {
      if (this.#over) return;
      if (error instanceof Refusal) this.#announce({ status: 'refused', error: error.code });
      else this.#surroundings.clock.after(SEEK_AGAIN_MS, () => void this.#seekSeat());
    }
  }

  /** Refused, taken and closed are final. */
  #announce(state: ConnectionState): void {
    if (this.#over) return;
    this.#over = ['refused', 'taken', 'closed'].includes(state.status);
    if (this.#over) removeEventListener('pagehide', this.#interrupt);
    this.events.emit('connection', state);
  }

  #viewOf({ id, arrival, identity, role, presence, media }: KnownParticipant): ParticipantView {
    const isSelf = id === this.participantId;
    return { id, arrival, isSelf, name: identity?.name ?? null, role, presence, media };
  }

  // The others then see at once that this page is gone, instead of after seconds of silence.
  readonly #interrupt = () => this.#seat?.mesh.interrupt();
}
