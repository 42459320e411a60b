import type { MediaState } from '@confab/protocol';
import type { Participant } from '../call/participant.svelte.ts';

/** What of a call is recorded, and how everybody is told. */
export type RecordedCall = {
  readonly participants: { values(): Iterable<Participant> };
  /** The recording of one's own that everybody is told of, as the server shows it. */
  readonly toldRecording: string | undefined;
  /** In place of what was told before. */
  tellRecordings(marks: RecordingMarks): void;
};

/** What `media` has of recordings: one's own, and those to which one agrees (R92, R93). */
export type RecordingMarks = Pick<MediaState, 'recording' | 'consents'>;
