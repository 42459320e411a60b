import type { MediaState } from '@confab/protocol';
import type { RecordingMarks } from '../recording/recorder-call.ts';
import type { CallConnection } from './call-connection.ts';
import type { LocalMedia } from './local-media.svelte.ts';
import type { Participant } from './participant.svelte.ts';
import { SentTracks, present } from './sent-tracks.ts';

/** What the others get of oneself, and what they are told of it. */
export class OwnMedia {
  readonly #connection: Pick<CallConnection, 'setMedia' | 'setTrack'>;
  readonly #media: LocalMedia;
  readonly #sent: SentTracks;
  #marks: RecordingMarks = {};

  constructor(connection: Pick<CallConnection, 'setMedia' | 'setTrack'>, media: LocalMedia) {
    this.#connection = connection;
    this.#media = media;
    this.#sent = new SentTracks(media.tracks);
  }

  /** Shows oneself as one is here and now, not as the server last heard. */
  showOn(self: Participant | undefined): void {
    self?.setMedia(this.#state);
    self?.setTracks(present(this.#media.tracks));
  }

  /** Sends what there is now, and says so. */
  send(self: Participant | undefined): void {
    for (const [slot, track] of this.#sent.changeTo(this.#media.tracks))
      void this.#connection.setTrack(slot, track);
    this.#connection.setMedia(this.#state);
    this.showOn(self);
  }

  /** What one tells of recordings from now on. */
  mark(marks: RecordingMarks): void {
    this.#marks = marks;
  }

  get #state(): MediaState {
    return { ...this.#media.state, ...this.#marks };
  }
}
