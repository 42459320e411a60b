import { type DoorNote, Refusal, type RefusalCode } from '@confab/protocol';
import { BackOff } from './back-off.ts';
import { Emitter } from './emitter.ts';
import type { Admission } from './meetings-api.ts';
import { openNote } from './sealing/note.ts';
import { RefusedSeal } from './sealing/refused-seal.ts';
import { type SeatEntry, makeSeatEntry } from './seat-entry.ts';
import { surfaceError } from './surface-error.ts';
import { type Surroundings, pageSurroundings } from './surroundings.ts';
import { TokenKeeper } from './token-keeper.ts';

export type KnockEvents = {
  /** One's place in the queue, from 1. */
  place: number;
  /** Whether the server can be reached; the place is kept meanwhile. */
  reached: boolean;
  /** So many ask that one has no place yet; it is asked again. */
  busy: null;
  /** A host says something. */
  told: DoorNote;
  /** Whoever runs the server says something to everybody (R80). */
  announced: string;
  /** What leads back to one's place from now on; tokens of before run out. */
  renewed: string;
  /** A host lets one in: with this, a seat can be taken. */
  admitted: Admission;
  /** It came to nothing; `denied` where a host said so. */
  refused: RefusalCode;
};

export type KnockOptions = {
  meetingId: string;
  /** The link's secret, 43 characters. */
  secret: string;
  admission: Admission;
  /** The display name as typed, which hosts see. */
  name: string;
};

const PASSING: RefusalCode[] = ['server-draining', 'too-many-requests', 'internal', 'timeout'];

/** Asks to be let into a meeting and waits for the answer, through losses of the server too (R71). */
export class Knock {
  readonly events = new Emitter<KnockEvents>();
  readonly #options: KnockOptions;
  readonly #client: ReturnType<Surroundings['connectTo']>;
  readonly #keeper: TokenKeeper;
  readonly #backOff: BackOff;
  readonly #surroundings: Surroundings;
  #entry: SeatEntry | null = null;
  #isOver = false;

  constructor(options: KnockOptions, surroundings: Surroundings = pageSurroundings) {
    this.#options = options;
    this.#surroundings = surroundings;
    const { clock } = surroundings;
    this.#backOff = new BackOff(clock);
    this.#client = surroundings.connectTo({ token: () => this.#keeper.token });
    this.#keeper = new TokenKeeper(
      clock,
      options.admission,
      () => this.#ask(),
      (token) => this.events.emit('renewed', token),
    );
    this.#listen();
  }

  async begin(): Promise<void> {
    const { secret, meetingId, admission, name } = this.#options;
    const certificate = await this.#surroundings.certificate();
    const { participantId } = admission;
    this.#entry = await makeSeatEntry(secret, meetingId, participantId, name, certificate);
    if (!this.#isOver) this.#client.connect();
  }

  /** Gives the place up; resolves whether or not the server answers. */
  async leave(): Promise<void> {
    await this.#client.request('meeting:leave', {}).catch(() => undefined);
    this.close();
  }

  close(): void {
    this.#isOver = true;
    this.#backOff.stop();
    this.#keeper.close();
    this.#client.close();
  }

  #listen(): void {
    const { events } = this.#client;
    const lose = () => this.events.emit('reached', false);
    events.on('connected', () => void this.#knock().catch(surfaceError));
    events.on('lost', lose);
    events.on('trying', lose);
    events.on('refused', (code) => this.#refuse(code));
    events.on('knock:placed', ({ place }) => this.events.emit('place', place));
    events.on('knock:told', ({ sealed }) => void this.#hear(sealed).catch(surfaceError));
    events.on('server:announced', ({ text }) => this.events.emit('announced', text));
    events.on('knock:answered', ({ admitted }) => {
      if (admitted) this.#admit();
      else this.#refuse('denied');
    });
    events.on('meeting:ended', () => this.#refuse('meeting-ended'));
    // Another tab waits in this one's place.
    events.on('seat:taken', () => this.#refuse('resume-invalid'));
    events.on('server:stopping', ({ delay }) =>
      this.#surroundings.clock.after(delay, () => {
        if (!this.#isOver) this.#client.reconnect();
      }),
    );
  }

  async #knock(): Promise<void> {
    try {
      const answer = await this.#ask();
      if (this.#isOver) return;
      this.#keeper.keep(answer);
      this.#backOff.succeeded();
      this.events.emit('reached', true);
      if (answer.place === 0) this.#admit();
      else this.events.emit('place', answer.place);
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      this.#refuse(error.code);
    }
  }

  #ask() {
    const entry = this.#entry;
    if (entry === null) throw new Refusal('wrong-state');
    const { incarnation } = entry.self;
    return this.#client.request('door:knock', { incarnation, hello: entry.hello });
  }

  async #hear(sealed: string): Promise<void> {
    const { secret, meetingId, admission } = this.#options;
    try {
      const route = { secret, meetingId, to: admission.participantId };
      this.events.emit('told', await openNote(route, sealed));
    } catch (error) {
      if (!(error instanceof RefusedSeal)) throw error;
    }
  }

  #admit(): void {
    if (this.#isOver) return;
    const { waits: _w, ...admission } = this.#options.admission;
    const { token } = this.#keeper;
    this.close();
    this.events.emit('admitted', { ...admission, token });
  }

  #refuse(code: RefusalCode): void {
    if (this.#isOver) return;
    if (PASSING.includes(code)) {
      const isBusy = code === 'too-many-requests';
      this.events.emit('reached', isBusy);
      if (isBusy) this.events.emit('busy', null);
      this.#backOff.schedule(() => this.#client.reconnect());
      return;
    }
    this.close();
    this.events.emit('refused', code);
  }
}
