import type { Emitter } from '../connection/emitter.ts';
import type { MeetingEvents } from '../connection/meeting-events.ts';
import type { LocalMediaEvents } from './local-media.svelte.ts';
import { type RememberedSeat, rememberSeat } from './remembered-seat.ts';

/** Keeps what leads back to the seat in the tab's storage, the latest at any moment: a page may end without a word. */
export class SeatKeeper {
  readonly #meetingId: string;
  readonly #closers: (() => void)[];
  #seat: RememberedSeat;

  /** `onSeat` hears which seat it is, whenever the server says so. */
  constructor(
    meetingId: string,
    first: RememberedSeat,
    changes: { connection: Emitter<MeetingEvents>; media: Emitter<LocalMediaEvents> },
    onSeat: (participantId: string) => void,
  ) {
    this.#meetingId = meetingId;
    this.#seat = first;
    this.#closers = [
      changes.connection.on('seat', ({ participantId, token, resume }) => {
        this.#keep({ admission: { ...this.#seat.admission, participantId, token }, resume });
        onSeat(participantId);
      }),
      changes.media.on('state', (state) => this.#keep({ media: state })),
    ];
  }

  get seat(): RememberedSeat {
    return this.#seat;
  }

  /** Keeps nothing further; what was kept stays. */
  close(): void {
    for (const close of this.#closers.splice(0)) close();
  }

  #keep(changed: Partial<RememberedSeat>): void {
    this.#seat = { ...this.#seat, ...changed };
    rememberSeat(this.#meetingId, this.#seat);
  }
}
