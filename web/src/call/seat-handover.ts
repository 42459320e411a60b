import { type RememberedSeat, isSeat } from './remembered-seat.ts';

/** A tab that does not answer within this time is frozen or gone, in milliseconds. */
const ANSWER_MS = 1_500;

/** What two tabs of this browser say to each other about a seat. */
type Word =
  | { type: 'wanted'; participantId: string }
  | { type: 'given'; participantId: string; seat: RememberedSeat };

/** How a seat passes from one tab of this browser to another: one asks, the tab that has it gives what leads back to it. */
export class SeatHandover {
  readonly #channel: BroadcastChannel | undefined;
  readonly #give: (participantId: string) => RememberedSeat | null;
  #asked: { participantId: string; answer: (seat: RememberedSeat) => void } | null = null;

  /** `give` gives up the seat if this tab has it. */
  constructor(
    channel: BroadcastChannel | undefined,
    give: (participantId: string) => RememberedSeat | null,
  ) {
    this.#channel = channel;
    this.#give = give;
    this.#channel?.addEventListener('message', this.#hear);
  }

  /** Resolves with the seat, or with null if no tab gave it. */
  ask(participantId: string): Promise<RememberedSeat | null> {
    return new Promise((resolve) => {
      const answer = (seat: RememberedSeat | null) => {
        clearTimeout(timer);
        this.#asked = null;
        resolve(seat);
      };
      const timer = setTimeout(answer, this.#channel ? ANSWER_MS : 0, null);
      this.#asked = { participantId, answer };
      this.#say({ type: 'wanted', participantId });
    });
  }

  close(): void {
    this.#channel?.close();
  }

  #say(word: Word): void {
    this.#channel?.postMessage(word);
  }

  readonly #hear = ({ data }: MessageEvent<unknown>) => {
    if (!isWord(data)) return;
    const { participantId } = data;
    if (data.type === 'given') {
      if (participantId === this.#asked?.participantId) this.#asked.answer(data.seat);
      return;
    }
    const seat = this.#give(participantId);
    if (seat) this.#say({ type: 'given', participantId, seat });
  };
}

/** The other tab may run an older version of the app. */
function isWord(data: unknown): data is Word {
  if (typeof data !== 'object' || data === null) return false;
  const { type, participantId, seat } = data as Record<string, unknown>;
  if (typeof participantId !== 'string') return false;
  return type === 'wanted' || (type === 'given' && isSeat(seat));
}
