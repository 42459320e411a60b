import type { MeetingConnectionOptions } from '../connection/meeting-connection.ts';
import type { Call, CallEnd } from './call.svelte.ts';
import { forgetOtherSeats } from './kept-in-seat.ts';
import type { LocalMedia } from './local-media.svelte.ts';
import { type RememberedSeat, rememberSeat, rememberedSeat } from './remembered-seat.ts';
import type { SeatClaim } from './seat-claim.ts';
import { SeatKeeper } from './seat-keeper.ts';

/** What leads into a seat; see {@link MeetingConnectionOptions}. */
export type WayIn = Pick<
  MeetingConnectionOptions,
  'admission' | 'doorstep' | 'resume' | 'name' | 'admit' | 'relayOnly'
>;

/** This tab's seat in a meeting: taken, kept in mind for a reload, held against the browser's other tabs, and given up. */
export class Seating {
  readonly #meetingId: string;
  readonly #secret: string;
  readonly #media: LocalMedia;
  readonly #claim: SeatClaim;
  #keeper: SeatKeeper | null = null;

  constructor(meetingId: string, secret: string, media: LocalMedia, claim: SeatClaim) {
    this.#meetingId = meetingId;
    this.#secret = secret;
    this.#media = media;
    this.#claim = claim;
  }

  /** The seat this tab had, or was duplicated from; null without one. */
  get remembered(): RememberedSeat | null {
    return rememberedSeat(this.#meetingId);
  }

  /** Whether no other tab of this browser is in one's place. */
  isFree(): Promise<boolean> {
    return this.#claim.mayTake(this.remembered);
  }

  /** Has the other tab stand up. Resolves with what leads back to its seat; null if that is not known. */
  takeOver(): Promise<RememberedSeat | null> {
    return this.#claim.takeOver(this.remembered);
  }

  /** Resolves when the seat is taken; rejects with Refusal or Unreachable. */
  async sitDown(way: WayIn, onEnd: (end: CallEnd) => void): Promise<Call> {
    const [{ openConnection }, { Call }] = await Promise.all([
      import('./call-connection.ts'),
      import('./call.svelte.ts'),
    ]);
    const media = this.#media;
    const connection = openConnection(
      { meetingId: this.#meetingId, secret: this.#secret, ...way },
      media,
    );
    const { admission, resume = null, name } = way;
    const keeper = new SeatKeeper(
      this.#meetingId,
      { admission, resume, name, media: media.state },
      { connection: connection.events, media: media.changes },
      (participantId) => this.#claim.hold(participantId),
    );
    const call = new Call(connection, media, onEnd);
    try {
      await call.join();
    } catch (error) {
      keeper.close();
      call.close();
      throw error;
    }
    this.#keeper = keeper;
    this.remember(keeper.seat);
    this.#claim.hold(call.participantId);
    return call;
  }

  /** Gives the seat up. Returns what leads back to it, for as long as it is held. */
  standUp(): RememberedSeat | null {
    const seat = this.#keeper?.seat ?? null;
    this.#keeper?.close();
    this.#keeper = null;
    this.#claim.release();
    rememberSeat(this.#meetingId, null);
    return seat;
  }

  /** Keeps a seat in mind that somebody else sits in now, so that it can be taken back. */
  remember(seat: RememberedSeat | null): void {
    rememberSeat(this.#meetingId, seat);
  }

  /** Forgets what was kept in seats that this tab has given up: words, and a board. */
  forget(): void {
    forgetOtherSeats(this.remembered?.admission.participantId ?? null);
  }

  /** For good: nothing leads back to the seat, nor to what was kept in it. */
  giveUp(): void {
    this.standUp();
    this.forget();
  }

  /** Keeps a place in the queue in mind, for a reload (R71). */
  rememberPlace(admission: WayIn['admission'], name: string): void {
    this.remember({ admission, resume: null, name, media: this.#media.state });
  }

  /** The page is left, not the seat. */
  close(): void {
    this.#keeper?.close();
    this.#claim.close();
  }
}
