import { hearsThisPage } from './screen-sound.ts';

/** What must not suffer where a link is too narrow for both: the sharpness of text, or the smoothness of motion. */
export type ScreenAim = 'detail' | 'motion';

/** Why a screen could not be shared, although somebody wanted to: the system forbids it to this browser, or it did not work. */
export type ScreenTrouble = 'system' | 'failed';

/** One's own screen, or a window or a tab of it, while the others see it, and its sound where that can be had. */
export class ScreenShare {
  /** Phones have nothing to share a screen with. */
  readonly isPossible: boolean;
  readonly #onChange: () => void;
  #picture = $state.raw<MediaStreamTrack | null>(null);
  #sound = $state.raw<MediaStreamTrack | null>(null);
  #aim = $state<ScreenAim>('detail');
  #trouble = $state<ScreenTrouble | null>(null);
  #isSilenced = $state(false);
  #isAsking = false;
  #attempt = 0;

  constructor(onChange: () => void) {
    this.#onChange = onChange;
    // Absent on phones and without HTTPS, whatever the types say.
    const devices = navigator.mediaDevices as Partial<MediaDevices> | undefined;
    this.isPossible = typeof devices?.getDisplayMedia === 'function';
  }

  get picture(): MediaStreamTrack | null {
    return this.#picture;
  }

  get sound(): MediaStreamTrack | null {
    return this.#sound;
  }

  get isOn(): boolean {
    return this.#picture !== null;
  }

  get aim(): ScreenAim {
    return this.#aim;
  }

  get trouble(): ScreenTrouble | null {
    return this.#trouble;
  }

  /** Whether sound was offered and left out, because everybody would have heard their own voice in it. */
  get isSilenced(): boolean {
    return this.#isSilenced;
  }

  /** Lets the person choose what to share; to be called from a click or a key. Whoever thinks better of it changes nothing. */
  async start(): Promise<void> {
    if (!this.isPossible || this.#isAsking) return;
    const attempt = ++this.#attempt;
    this.#trouble = null;
    this.#isAsking = true;
    try {
      const stream = await navigator.mediaDevices.getDisplayMedia(wanted());
      if (attempt === this.#attempt) this.#hold(stream);
      else for (const track of stream.getTracks()) track.stop();
    } catch (error) {
      if (attempt === this.#attempt) this.#trouble = troubleIn(error);
    } finally {
      this.#isAsking = false;
    }
  }

  stop(): void {
    this.#attempt++;
    if (!this.isOn) return;
    for (const track of [this.#picture, this.#sound]) {
      track?.removeEventListener('ended', this.#ended);
      track?.stop();
    }
    this.#picture = this.#sound = null;
    this.#isSilenced = false;
    this.#onChange();
  }

  async toggle(): Promise<void> {
    if (this.isOn) this.stop();
    else await this.start();
  }

  /** Also the encoders have to be told: see `Call.aimScreen`. */
  aimAt(aim: ScreenAim): void {
    this.#aim = aim;
    if (this.#picture) this.#picture.contentHint = aim;
  }

  /** The person knows of the trouble. */
  dismiss(): void {
    this.#trouble = null;
  }

  #hold(stream: MediaStream): void {
    const [picture] = stream.getVideoTracks();
    const [sound] = stream.getAudioTracks();
    if (!picture || picture.readyState === 'ended') return;
    this.#isSilenced = sound !== undefined && hearsThisPage(picture, sound);
    if (this.#isSilenced) sound?.stop();
    picture.contentHint = this.#aim;
    // As when it is stopped in the browser's own bar, or the shared window is closed.
    picture.addEventListener('ended', this.#ended, { once: true });
    this.#picture = picture;
    this.#sound = this.#isSilenced ? null : (sound ?? null);
    this.#onChange();
  }

  readonly #ended = () => {
    this.stop();
  };
}

/** Newer than the types; browsers pass over what they do not know. */
type Wanted = DisplayMediaStreamOptions & Record<string, unknown>;

function wanted(): Wanted {
  const { restrictOwnAudio: canRestrict = false } =
    navigator.mediaDevices.getSupportedConstraints() as Record<string, boolean>;
  return {
    video: { width: { max: 2560 }, height: { max: 1600 }, frameRate: { ideal: 30, max: 30 } },
    // What is shared is music, film and voices of others, not somebody before a microphone.
    audio: {
      echoCancellation: false,
      noiseSuppression: false,
      autoGainControl: false,
      ...(canRestrict && { restrictOwnAudio: true }),
    },
    // Everything that the whole system plays has the others' voices in it, unless the browser can leave them out.
    systemAudio: canRestrict ? 'include' : 'exclude',
    selfBrowserSurface: 'exclude',
    surfaceSwitching: 'include',
  };
}

function troubleIn(error: unknown): ScreenTrouble | null {
  if (!(error instanceof DOMException) || error.name !== 'NotAllowedError') return 'failed';
  // The one way to tell a system that forbids from a person who thought better of it.
  return error.message.includes('system') ? 'system' : null;
}
