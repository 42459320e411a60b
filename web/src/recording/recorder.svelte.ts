import { ID_BYTES } from '@confab/protocol';
import { markKeptRecordings } from '../call/kept-recordings-mark.ts';
import { toBase64url } from '../connection/sealing/base64url.ts';
import { obstacleToRecording } from './can-record.ts';
import { keepStorage } from './keep-storage.ts';
import type { RecordedCall } from './recorder-call.ts';
import type { Recordings } from './recordings.svelte.ts';
import type { RecorderFault } from './recorder-messages.ts';
import { RecordingSession } from './recording-session.svelte.ts';
import { SoundMix } from './sound-mix.ts';

/** Why there is no recording, or none any more. `untold`: the server was away, so nobody could be told. */
export type RecorderTrouble = RecorderFault | 'unsupported' | 'untold';

/** Everybody is told within this, or nothing is recorded; milliseconds. */
const TELL_MS = 10_000;

/** One's own recording of a meeting: what everybody who agrees shows and says, in a file in this browser. */
export class Recorder {
  readonly #call: RecordedCall;
  readonly #recordings: Pick<Recordings, 'announce'>;
  readonly #nameless: string;
  #status = $state<'idle' | 'starting' | 'recording' | 'stopped'>('idle');
  #trouble = $state<RecorderTrouble | null>(null);
  #recording = $state('');
  #seconds = $state(0);
  #isSilent = $state(false);
  #session: RecordingSession | null = null;
  #attempt = 0;

  /** `nameless` stands for a name that cannot be read. */
  constructor(call: RecordedCall, recordings: Pick<Recordings, 'announce'>, nameless: string) {
    this.#call = call;
    this.#recordings = recordings;
    this.#nameless = nameless;
  }

  get status() {
    return this.#status;
  }

  /** Also beside `stopped`: what was recorded until then is kept. */
  get trouble(): RecorderTrouble | null {
    return this.#trouble;
  }

  /** The id that people agree to. */
  get recording(): string {
    return this.#recording;
  }

  /** How long the recording is by now. */
  get seconds(): number {
    return this.#seconds;
  }

  /** Whether the browser gives it no sound. */
  get isSilent(): boolean {
    return this.#isSilent;
  }

  /** Tells everybody, and begins when they are told. To be called at a click. */
  async start(): Promise<void> {
    if (this.#status === 'starting' || this.#status === 'recording') return;
    this.#status = 'starting';
    this.#trouble = null;
    this.#seconds = 0;
    this.#isSilent = false;
    const attempt = ++this.#attempt;
    // Made now, since a context that is made long after the click may not run.
    const mix = new SoundMix();
    const trouble = (await obstacleToRecording()) ?? (await this.#tell());
    if (trouble === null && attempt === this.#attempt) this.#begin(mix);
    else {
      mix.close();
      this.#over(trouble, 'idle');
    }
  }

  /** What was recorded is kept. */
  stop(): void {
    this.#attempt++;
    this.#session?.stop();
  }

  /** There is nothing more to say of the recording before. */
  dismiss(): void {
    this.#trouble = null;
    if (this.#status === 'stopped') this.#status = 'idle';
  }

  /** R92: nothing is recorded before everybody is told. */
  async #tell(): Promise<'untold' | null> {
    this.#recording = toBase64url(crypto.getRandomValues(new Uint8Array(ID_BYTES)));
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<'untold'>((resolve) => {
      timer = setTimeout(() => resolve('untold'), TELL_MS);
    });
    const told = this.#recordings.announce(this.#recording).then(() => null);
    const result = await Promise.race([told, late]);
    clearTimeout(timer);
    return result;
  }

  #begin(mix: SoundMix): void {
    markKeptRecordings(true);
    void keepStorage();
    const naming = { recording: this.#recording, nameless: this.#nameless };
    this.#session = new RecordingSession(this.#call, naming, mix, {
      onBegun: () => (this.#status = 'recording'),
      onProgress: (seconds, isSilent) => {
        this.#seconds = seconds;
        this.#isSilent = isSilent;
      },
      onOver: (fault) => this.#over(fault, 'stopped'),
    });
  }

  #over(trouble: RecorderTrouble | null, status: 'idle' | 'stopped'): void {
    this.#session = null;
    this.#trouble = trouble;
    this.#status = status;
    void this.#recordings.announce();
  }
}
