import { canTakeAgain, type CaptureKind, hasAnother, takeAny, takeSame } from './device-taking.ts';
import { type MediaTrouble, troubleBeforehand, troubleOf } from './media-trouble.ts';
import { Retaking } from './retaking.ts';
import { watchTrack } from './track-watch.ts';

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
  #substitute = $state<string | null>(null);
  #attempt = 0;
  #unwatch: (() => void) | null = null;
  readonly #retaking = new Retaking(() => void this.#retake());
  readonly #constraints: () => MediaTrackConstraints;

  /** `deviceId` is where to begin; '' leaves the choice to the browser. `constraints` are asked for at every opening. */
  constructor(
    kind: CaptureKind,
    deviceId: string,
    constraints: () => MediaTrackConstraints,
    onChange: () => void,
  ) {
    this.kind = kind;
    this.#deviceId = deviceId;
    this.#constraints = constraints;
    this.#onChange = onChange;
  }

  /** What is used now in place of a device that went away, by its label; null where nothing is to be said. */
  get substitute(): string | null {
    return this.#substitute;
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
    const wasOpen = this.#track !== null;
    // Some systems give a device out once only, even to the same page.
    this.#stop();
    try {
      const track = await takeAny(this.kind, this.#deviceId, this.#constraints());
      if (attempt === this.#attempt) this.#hold(track);
      else track.stop();
    } catch (error) {
      if (attempt === this.#attempt) {
        this.#fail(troubleOf(error));
        if (wasOpen) this.#onChange();
      }
    } finally {
      if (attempt === this.#attempt) this.#isOpening = false;
    }
  }

  /** Changes the device, also while it is in use. If the new one fails, the old one is gone and `trouble` says why. */
  async switchTo(deviceId: string): Promise<void> {
    this.#deviceId = deviceId;
    if (this.#track === null && this.#trouble === null && !this.#isOpening) return;
    await this.open();
  }

  /** Opens the device anew, if it is open, for constraints that have changed. */
  async reopen(): Promise<void> {
    if (this.#track !== null) await this.switchTo(this.#deviceId);
  }

  /** The person knows of the substitute. */
  forgetSubstitute(): void {
    this.#substitute = null;
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

  /** Lets the device go because of what came of it. */
  giveUp(trouble: MediaTrouble): void {
    // What came of it ended with it: that is told as what it is.
    if (this.#track?.readyState === 'ended') return;
    this.#fail(trouble);
    this.close();
  }

  #hold(track: MediaStreamTrack): void {
    this.#stop();
    this.#track = track;
    this.#trouble = null;
    this.#substitute = null;
    this.#deviceId = track.getSettings().deviceId ?? this.#deviceId;
    this.#retaking.flowing();
    this.#unwatch = watchTrack(track, { onEnd: this.#ended, onFlow: this.#flows });
    this.#onChange();
  }

  #stop(): void {
    this.#retaking.rest();
    this.#unwatch?.();
    this.#track?.stop();
    this.#track = null;
  }

  #fail(trouble: MediaTrouble): void {
    this.#trouble = trouble;
    this.#isRead = false;
  }

  readonly #flows = (isFlowing: boolean) => {
    if (isFlowing) {
      this.#retaking.flowing();
      if (this.#trouble === 'silent') this.#trouble = null;
    } else {
      this.#say('silent');
      this.#retaking.interrupted();
    }
  };

  readonly #ended = () => void this.#stopped();

  /** Its plug was pulled, a person took it back, or its driver gave it up: then it is taken anew, while the person has it on. */
  async #stopped(): Promise<void> {
    this.#unwatch?.();
    const attempt = this.#attempt;
    const isThere = await canTakeAgain(this.kind, this.#deviceId);
    if (attempt !== this.#attempt) return;
    if (isThere) this.#tryAgain('stopped');
    else this.#lose('unplugged');
  }

  async #retake(): Promise<void> {
    const attempt = ++this.#attempt;
    this.#unwatch?.();
    // Some systems give a device out once only, even to the same page.
    this.#track?.stop();
    try {
      const track = await takeSame(this.kind, this.#deviceId, this.#constraints());
      if (attempt === this.#attempt) this.#hold(track);
      else track.stop();
    } catch (error) {
      const trouble = troubleOf(error);
      const canReplace = await this.#hasSubstitute();
      if (attempt !== this.#attempt) return;
      if (trouble === 'none') this.#lose('unplugged');
      else if (trouble === 'denied' || canReplace) this.#lose(trouble);
      else this.#tryAgain(trouble);
    }
  }

  /** Unless that was of no use often enough. */
  #tryAgain(trouble: MediaTrouble): void {
    this.#say('stopped');
    if (!this.#retaking.stopped()) this.#lose(trouble);
  }

  /** Once, however often it is taken anew after that. */
  #say(trouble: 'silent' | 'stopped'): void {
    if (this.#retaking.tries > 0) this.#trouble = trouble;
    if (this.#retaking.tries === 1) this.#isRead = false;
  }

  #lose(trouble: MediaTrouble): void {
    this.#stop();
    this.#fail(trouble);
    this.#onChange();
    void this.#substituteFor(this.#deviceId);
  }

  /** Another microphone hears the same room. Another camera may show what nobody was meant to see: that is the person's to choose. */
  async #hasSubstitute(): Promise<boolean> {
    return this.kind === 'microphone' && hasAnother(this.kind, this.#deviceId);
  }

  async #substituteFor(lost: string): Promise<void> {
    const attempt = this.#attempt;
    if (!(await this.#hasSubstitute()) || attempt !== this.#attempt) return;
    this.#deviceId = '';
    await this.open();
    this.#substitute = this.track?.label ?? null;
    if (this.#substitute === null) this.#deviceId = lost;
  }
}
