import type { RecordedCall } from './recorder-call.ts';
import type { Recorder } from './recorder.svelte.ts';

/** What one tells the others of recordings: that one makes one, and to which one agrees (R92, R93). */
export class Recordings {
  readonly #call: RecordedCall;
  #own = $state<string>();
  #consents = $state.raw<string[]>([]);
  #recorder = $state.raw<Recorder | null>(null);
  #onTold: () => void = () => undefined;

  constructor(call: RecordedCall) {
    this.#call = call;
  }

  /** What makes one's own recording; null until one is wanted. */
  get recorder(): Recorder | null {
    return this.#recorder;
  }

  set recorder(recorder: Recorder | null) {
    this.#recorder = recorder;
  }

  /** Tells everybody of a recording of one's own, or that there is none any more. Resolves when everybody is told. */
  announce(recording?: string): Promise<void> {
    const told = new Promise<void>((resolve) => (this.#onTold = resolve));
    this.#own = recording;
    this.#tell();
    return told;
  }

  /** Lets this recording have one's picture and sound from now on. */
  agree(recording: string): void {
    this.#consents = [...this.#consents, recording];
    this.#tell();
  }

  hasAgreed(recording: string | undefined): boolean {
    return recording !== undefined && this.#consents.includes(recording);
  }

  /** The server has shown anew who is there. No effect: one that is made while something is drawn rests once that is gone. */
  see(): void {
    this.#forget([...this.#call.participants.values()].map(({ media }) => media));
    if (this.#call.toldRecording === this.#own) this.#onTold();
  }

  /** One's own recording ends, and is made whole. */
  close(): void {
    this.#recorder?.stop();
  }

  /** Whoever records anew asks anew. */
  #forget(shown: { recording?: string | undefined }[]): void {
    const left = this.#consents.filter((one) => shown.some(({ recording }) => recording === one));
    if (left.length === this.#consents.length) return;
    this.#consents = left;
    this.#tell();
  }

  #tell(): void {
    const [recording, consents] = [this.#own, this.#consents];
    this.#call.tellRecordings({
      ...(recording && { recording }),
      ...(consents.length > 0 && { consents }),
    });
  }
}
