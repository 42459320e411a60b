import type { MediaState } from '@confab/protocol';
import { Emitter } from './emitter.ts';
import type { MeetingEvents, Slot } from './meeting-events.ts';
import type { Admission } from './meetings-api.ts';

export type MeetingConnectionOptions = {
  meetingId: string;
  /** The link's secret, 43 characters. */
  secret: string;
  admission: Admission;
  /** The display name as typed; shown to others normalised (R20). */
  name: string;
  media: MediaState;
  tracks: Partial<Record<Slot, MediaStreamTrack | null>>;
  /** Where the server is; the page's own origin by default. */
  url?: string;
  transports?: ('websocket' | 'polling')[];
};

/** A page's presence in a meeting: its seat, and one link to each of the others. Serves one page load. */
export class MeetingConnection {
  readonly events = new Emitter<MeetingEvents>();
  readonly participantId: string;
  readonly #options: MeetingConnectionOptions;

  constructor(options: MeetingConnectionOptions) {
    this.#options = options;
    this.participantId = options.admission.participantId;
  }

  /** Resolves when the seat is taken; rejects with Refusal or Unreachable. */
  join(): Promise<void> {
    return Promise.resolve();
  }

  /** Sends `track` (or nothing) in `slot` on every link, present and later ones. Costs no signal. */
  setTrack(_slot: Slot, _track: MediaStreamTrack | null): Promise<void> {
    return Promise.resolve();
  }

  /** Tells the others what one sends; the latest wins and is told again after a reconnect. */
  setMedia(_media: MediaState): void {}

  /** Tells the others one's loudness from 0 to 1 and whether it counts as speaking (R33). */
  announceLevel(_level: number, _speaking: boolean): void {}

  /** The latest token of the seat: with it a reloaded page comes back to the same seat. */
  token(): string {
    return this.#options.admission.token;
  }

  /** What the browser measures about the link to `participantId`; null without one. */
  linkStats(_participantId: string): Promise<RTCStatsReport | null> {
    return Promise.resolve(null);
  }

  /** Gives the seat up, saying so to the server (bounded wait), and closes everything. */
  leave(): Promise<void> {
    return Promise.resolve();
  }

  /** Closes everything without saying so, as a closed tab would. */
  close(): void {}
}
