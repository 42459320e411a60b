import type { Clock } from '../clock.ts';
import { Emitter } from '../emitter.ts';
import type { MeetingEvents } from '../meeting-events.ts';
import type { BoardDocument } from './board-document.ts';
import { BoardLink } from './board-link.ts';

/** After a change, everybody is told once what is here: whatever got lost on the way is then noticed. */
const SETTLED_MS = 2_000;
/** Whoever has nothing yet asks one after the other. */
const ASK_EVERY_MS = 1_000;

/** What of the meeting's connection the board travels over. */
export type BoardWays = {
  readonly participantId: string;
  events: Pick<Emitter<Pick<MeetingEvents, 'link' | 'board'>>, 'on'>;
  /** See `MeetingConnection.dataChannel`. */
  dataChannel(participantId: string, name: 'board'): RTCDataChannel | null | undefined;
};

export type BoardExchangeEvents = {
  /** Somebody points somewhere on the board, or nowhere any more. */
  pointer: { participantId: string; at: [x: number, y: number] | undefined };
};

/** Keeps this page's board and everybody else's the same, over the links of the meeting (R95–R97). */
export class BoardExchange {
  readonly events = new Emitter<BoardExchangeEvents>();
  readonly #ways: BoardWays;
  readonly #document: BoardDocument;
  readonly #clock: Clock;
  readonly #links = new Map<string, BoardLink>();
  readonly #working = new Set<string>();
  readonly #closers: (() => void)[];
  #cancelTelling: (() => void) | null = null;
  #askedAt = -Infinity;

  constructor(ways: BoardWays, document: BoardDocument, clock: Clock) {
    this.#ways = ways;
    this.#document = document;
    this.#clock = clock;
    this.#closers = [
      ways.events.on('link', ({ participantId, standing }) => {
        const works = standing === 'ok' || standing === 'weak';
        const before = this.#working.has(participantId);
        if (works) this.#working.add(participantId);
        else this.#working.delete(participantId);
        if (works && !before) this.meet(participantId);
      }),
      document.events.on('own', (update) => {
        for (const link of this.#links.values()) link.send(update);
      }),
      document.events.on('changed', () => this.#tellSoon()),
    ];
  }

  /** Those who are here and sent what no board sends, and are believed no more. */
  get refused(): string[] {
    return [...this.#links].filter(([, { isRefused }]) => isRefused).map(([id]) => id);
  }

  /** Has the board in common with somebody to whom there is a link. */
  meet(participantId: string): void {
    this.#linkTo(participantId).refresh();
  }

  /** Somebody has opened a channel for it. */
  take(participantId: string, channel: RTCDataChannel): void {
    this.#linkTo(participantId).take(channel);
  }

  /** Tells everybody where this page points; volatile. */
  point(at: [x: number, y: number] | undefined): void {
    for (const link of this.#links.values()) link.point(at);
  }

  close(): void {
    for (const close of this.#closers.splice(0)) close();
    this.#cancelTelling?.();
    for (const link of this.#links.values()) link.close();
    this.#links.clear();
  }

  #tellSoon(): void {
    this.#cancelTelling ??= this.#clock.after(SETTLED_MS, () => {
      this.#cancelTelling = null;
      for (const link of this.#links.values()) link.tell();
    });
  }

  #patience(): number {
    if (!this.#document.isEmpty) return 0;
    const now = this.#clock.now();
    const wait = this.#askedAt + ASK_EVERY_MS - now;
    if (wait > 0) return wait;
    this.#askedAt = now;
    return 0;
  }

  #linkTo(participantId: string): BoardLink {
    const known = this.#links.get(participantId);
    if (known) return known;
    const link = new BoardLink({
      document: this.#document,
      clock: this.#clock,
      keepsOwn: () => this.#ways.participantId < participantId,
      openChannel: () => this.#ways.dataChannel(participantId, 'board'),
      patience: () => this.#patience(),
      onPointer: (at) => this.events.emit('pointer', { participantId, at }),
    });
    this.#links.set(participantId, link);
    return link;
  }
}
