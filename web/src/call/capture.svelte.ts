import { type MediaTrouble, troubleBeforehand, troubleOf } from './media-trouble.ts';

export type CaptureKind = 'microphone' | 'camera';

/**
 * One's own microphone or camera. Holding a track means holding the device, so its light is on; `close` lets go.
 * Asking for one never asks for the other: a refused camera costs nobody their voice.
 */
export class Capture {
  readonly kind: CaptureKind;
  readonly #onChange: () => void;
  #track = $state.raw<MediaStreamTrack | null>(null);
  #trouble = $state<MediaTrouble | null>(null);
  #isOpening = $state(false);
  #isRead = $state(false);
  #deviceId = $state('');
  #attempt = 0;

  /** `deviceId` is where to begin; '' leaves the choice to the browser. */
  constructor(kind: CaptureKind, deviceId: string, onChange: () => void) {
    this.kind = kind;
    this.#deviceId = deviceId;
    this.#onChange = onChange;
  }

  get track(): MediaStreamTrack | null {
    return this.#track;
  }

  get trouble(): MediaTrouble | null {
    return this.#trouble;
  }

  /** Trouble that the person has not read yet, or that came again since. */
  get news(): MediaTrouble | null {
    return this.#isRead ? null : this.#trouble;
  }

  /** Whether the browser is being asked, perhaps with a prompt before the person's eyes. */
  get isOpening(): boolean {
    return this.#isOpening;
  }

  /** The device in use, else the one last chosen. */
  get deviceId(): string {
    return this.#deviceId;
  }

  /** Takes the device. Resolves when it is there or `trouble` says why not. */
  async open(): Promise<void> {
    const attempt = ++this.#attempt;
    const hindrance = troubleBeforehand();
    if (hindrance !== null) {
      this.#fail(hindrance);
      return;
    }
    this.#isOpening = true;
    try {
      const track = await capture(this.kind, this.#deviceId);
      if (attempt === this.#attempt) this.#hold(track);
      else track.stop();
    } catch (error) {
      if (attempt === this.#attempt) this.#fail(troubleOf(error));
    } finally {
      if (attempt === this.#attempt) this.#isOpening = false;
    }
  }

  /** Changes the device, also while it is in use. If the new one fails, the old one is gone and `trouble` says why. */
  async switchTo(deviceId: string): Promise<void> {
    this.#deviceId = deviceId;
    if (this.#track === null && this.#trouble === null && !this.#isOpening) return;
    // Some systems give a camera out once only, even to the same page.
    this.#stop();
    await this.open();
    this.#onChange();
  }

  /** The person knows of the trouble; there is no need to show it again until it comes again. */
  markRead(): void {
    this.#isRead = true;
  }

  close(): void {
    this.#attempt++;
    this.#isOpening = false;
    if (this.#track === null) return;
    this.#stop();
    this.#onChange();
  }

  #hold(track: MediaStreamTrack): void {
    this.#stop();
    this.#track = track;
    this.#trouble = null;
    this.#deviceId = track.getSettings().deviceId ?? this.#deviceId;
    // Only fires when the device goes away by itself: our own stop() is silent.
    track.addEventListener('ended', this.#lost, { once: true });
    this.#onChange();
  }

  #stop(): void {
    this.#track?.removeEventListener('ended', this.#lost);
    this.#track?.stop();
    this.#track = null;
  }

  #fail(trouble: MediaTrouble): void {
    this.#trouble = trouble;
    this.#isRead = false;
  }

  readonly #lost = () => {
    this.#track = null;
    this.#fail('unplugged');
    this.#onChange();
  };
}

const wanted: Record<CaptureKind, MediaTrackConstraints> = {
  microphone: { echoCancellation: true, noiseSuppression: true, autoGainControl: true },
  camera: { width: { ideal: 1280 }, height: { ideal: 720 }, frameRate: { ideal: 30, max: 30 } },
};

async function capture(kind: CaptureKind, deviceId: string): Promise<MediaStreamTrack> {
  const section = kind === 'microphone' ? 'audio' : 'video';
  const ask = async (constraints: MediaTrackConstraints) => {
    const stream = await navigator.mediaDevices.getUserMedia({ [section]: constraints });
    const track = stream.getTracks()[0];
    if (track === undefined) throw new DOMException('No track was given.', 'NotFoundError');
    return track;
  };
  if (deviceId === '') return ask(wanted[kind]);
  try {
    return await ask({ ...wanted[kind], deviceId: { exact: deviceId } });
  } catch (error) {
    // The remembered device may be at home, on the desk: any other is better than none.
    if (troubleOf(error) === 'none') return ask(wanted[kind]);
    throw error;
  }
}
