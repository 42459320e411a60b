import type { MediaState } from '@confab/protocol';
import { Emitter } from '../connection/emitter.ts';
import type { ParticipantView, Slot } from '../connection/meeting-events.ts';
import { CameraGrant } from './camera-grant.ts';
import { Capture } from './capture.svelte.ts';
import { DeviceList } from './device-list.svelte.ts';
import { LevelMeter, type Loudness } from './level-meter.ts';
import { MutedSpeech } from './muted-speech.svelte.ts';
import type { Preferences } from './preferences.ts';
import { ScreenShare } from './screen-share.svelte.ts';
import { SpeakerOutput } from './speaker-output.svelte.ts';
import { TreatedTrack } from './treated-track.svelte.ts';

/** What changes in one's own media: which tracks there are and whether they are on; and ten times a second how loud. */
export type LocalMediaEvents = { state: MediaState; loudness: Loudness };

/** What is taken out of one's voice: the others' sound from the speaker, and noise, by the browser or, strongly, by what knows speech. */
export type VoiceProcessing = {
  echoCancellation: boolean;
  noiseSuppression: boolean;
  strongSuppression: boolean;
};

const CAMERA: MediaTrackConstraints = {
  width: { ideal: 1280 },
  height: { ideal: 720 },
  frameRate: { ideal: 30, max: 30 },
};

/** One's own microphone, camera, shared screen and speaker. Outlives a call: the green room shows what the meeting then gets. */
export class LocalMedia {
  readonly changes = new Emitter<LocalMediaEvents>();
  readonly devices = new DeviceList(() => this.speaker.follow(this.devices.of('audiooutput')));
  readonly microphone: Capture;
  readonly camera: Capture;
  readonly screen: ScreenShare;
  readonly speaker: SpeakerOutput;
  readonly mutedSpeech = new MutedSpeech();
  /** What does it is fetched when it is first wanted; whoever cannot have it is better heard with noise than not. */
  readonly cleanVoice = new TreatedTrack(
    async (...voice) => (await import('./noise-remover.ts')).removeNoise(...voice),
    () => this.#changed(),
    () => void this.microphone.reopen(),
  );
  /** The camera's picture without the room; whoever cannot have it is better not seen than seen with the room. */
  readonly blur = new TreatedTrack(
    async (...camera) => (await import('./background-blur.ts')).blurBackground(...camera),
    () => this.#changed(),
    () => this.camera.giveUp('unblurred'),
  );
  readonly #preferences: Preferences;
  readonly #cameraGrant = new CameraGrant();
  readonly #meter = new LevelMeter((loudness) => this.changes.emit('loudness', loudness));
  #isMuted = $state(false);
  #isForbidden = $state(false);
  #stopped = $state.raw<NonNullable<ParticipantView['stopped']>>([]);
  #isBlurred: boolean;
  #processing: VoiceProcessing;
  #measured: MediaStreamTrack | null = null;
  /** How often the devices were let go: whoever waited for one meanwhile takes no other. */
  #releases = 0;
  #isClosed = false;

  constructor(preferences: Preferences) {
    const { microphone, camera, speaker, ...choices } = preferences.choices;
    const { echoCancellation, noiseSuppression, strongSuppression, backgroundBlur } = choices;
    this.#isBlurred = $state(backgroundBlur);
    this.#preferences = preferences;
    this.#processing = $state.raw({ echoCancellation, noiseSuppression, strongSuppression });
    this.microphone = new Capture('microphone', microphone, () => this.#wanted, this.#changed);
    this.camera = new Capture('camera', camera, () => CAMERA, this.#changed);
    this.screen = new ScreenShare(this.#changed);
    this.speaker = new SpeakerOutput(speaker);
  }

  /** Whether one can be heard now. */
  get microphoneOn(): boolean {
    return this.microphone.track !== null && !this.#isMuted;
  }

  /** Whether a host lets one not speak (R67). */
  get isForbidden(): boolean {
    return this.#isForbidden;
  }

  /** Whether one has unmuted oneself after a host's mute, and the server has not said so yet (R101). */
  get isHeld(): boolean {
    return this.microphoneOn && this.#isStopped('microphone');
  }

  get cameraOn(): boolean {
    return this.camera.track !== null;
  }

  /** One's own picture as others see it; null without one, also until the room in it is blurred. */
  get picture(): MediaStreamTrack | null {
    return this.#isBlurred ? this.blur.track : this.camera.track;
  }

  get state(): MediaState {
    const { isOn: screen } = this.screen;
    const camera = this.picture !== null;
    return { microphone: this.microphoneOn, camera, ...(screen && { screen }) };
  }

  /** What others may see and hear, for the links' slots of the same names: nothing, not even silence, of what hosts let nobody have (R100). */
  get tracks(): Record<Slot, MediaStreamTrack | null> {
    const { picture, sound } = this.screen;
    const [isMute, isUnshared] = [this.#isStopped('microphone'), this.#isStopped('screen')];
    return {
      microphone: isMute || this.#isForbidden ? null : this.#voice,
      camera: this.picture,
      screen: isUnshared ? null : picture,
      screenSound: isUnshared || this.#isForbidden ? null : sound,
    };
  }

  /**
   * Takes the devices that are wanted and not held yet: side by side where no prompt comes, else one prompt after the other. What fails
   * says so in its own `trouble`.
   */
  async start(wanted: MediaState): Promise<void> {
    if (this.#isClosed) return;
    const releases = this.#releases;
    this.#isMuted = !wanted.microphone;
    // Now, and before the green room is drawn: whoever comes wants to see themselves first.
    const seeing = wanted.camera && this.#cameraGrant.isKnown ? this.#startCamera() : null;
    const hearing = this.#startMicrophone(wanted.microphone);
    if (seeing === null) {
      if (!wanted.camera || !(await this.#cameraGrant.isGiven())) await hearing;
      const isLetGo = releases !== this.#releases;
      if (!isLetGo && !wanted.camera) this.camera.close();
      else if (!isLetGo) await this.#startCamera();
    }
    await Promise.all([seeing, hearing]);
  }

  async #startCamera(): Promise<void> {
    if (!this.cameraOn) await this.camera.open();
  }

  async #startMicrophone(isWanted: boolean): Promise<void> {
    if (this.microphone.track) this.#changed();
    else if (isWanted) await this.microphone.open();
  }

  /** Mutes at once, keeping the device so that unmuting is as quick; opens the device if there is none yet. */
  async toggleMicrophone(): Promise<void> {
    if (this.#isForbidden) return;
    const wanted = !this.microphoneOn;
    this.#isMuted = !wanted;
    this.#changed();
    this.#preferences.remember({ microphoneOn: wanted });
    const { track, isOpening } = this.microphone;
    if (wanted && track === null && !isOpening) await this.microphone.open();
  }

  /** Is heard for as long as this holds, and muted again after; returns whether it changed anything. Remembers nothing. */
  holdToTalk(isHeld: boolean): boolean {
    if (this.#isMuted !== isHeld || this.#isForbidden) return false;
    this.#isMuted = !isHeld;
    this.#changed();
    const { track, isOpening } = this.microphone;
    if (isHeld && track === null && !isOpening) void this.microphone.open();
    return true;
  }

  /** As a host wants it. Remembers nothing. */
  mute(): void {
    this.#isMuted = true;
    this.#changed();
  }

  /** Does what hosts have decided (R67, R101). Who may speak again is heard when they unmute themselves. */
  heed({
    speech,
    stopped = [],
    heedless,
  }: Pick<ParticipantView, 'speech' | 'stopped' | 'heedless'>): void {
    const before = this.#stopped;
    const ends = (what: 'microphone' | 'screen') =>
      stopped.includes(what) && (heedless === true || !before.includes(what));
    const isForbidden = speech !== undefined;
    const mutes = ends('microphone') || isForbidden !== this.#isForbidden;
    const isNews = mutes || before.join() !== stopped.join();
    this.#isForbidden = isForbidden;
    this.#stopped = stopped;
    this.#isMuted ||= mutes;
    if (ends('screen')) this.screen.stop();
    if (isNews) this.#changed();
  }

  /** Off lets the camera go, so that its light goes out. While it is being opened there is nothing to switch. */
  async toggleCamera(): Promise<void> {
    if (this.camera.isOpening) return;
    const wanted = !this.cameraOn;
    this.#preferences.remember({ cameraOn: wanted });
    if (wanted) await this.camera.open();
    else this.camera.close();
  }

  /** What the browser does to one's voice. */
  get processing(): VoiceProcessing {
    return this.#processing;
  }

  /** Remembered in this browser; in force at once. */
  async setProcessing(changed: Partial<VoiceProcessing>): Promise<void> {
    this.#processing = { ...this.#processing, ...changed };
    this.#preferences.remember(changed);
    this.cleanVoice.forgive();
    await this.microphone.reopen();
  }

  #isStopped(what: 'microphone' | 'screen'): boolean {
    return this.#stopped.includes(what);
  }

  get #cleans(): boolean {
    const { noiseSuppression, strongSuppression } = this.#processing;
    return noiseSuppression && strongSuppression && !this.cleanVoice.isFailed;
  }

  /** What the browser is asked to do: noise is taken out once, since twice takes speech with it. */
  get #wanted(): MediaTrackConstraints {
    const { echoCancellation, noiseSuppression } = this.#processing;
    const byBrowser = noiseSuppression && !this.#cleans;
    return { echoCancellation, noiseSuppression: byBrowser, autoGainControl: true };
  }

  get #voice(): MediaStreamTrack | null {
    return this.cleanVoice.track ?? this.microphone.track;
  }

  /** Whether nobody is to see the room one is in. */
  get isBlurred(): boolean {
    return this.#isBlurred;
  }

  /** Remembered in this browser; in force at once. */
  setBlurred(isBlurred: boolean): void {
    this.#isBlurred = isBlurred;
    this.#preferences.remember({ backgroundBlur: isBlurred });
    this.#changed();
  }

  async choose(kind: 'microphone' | 'camera' | 'speaker', deviceId: string): Promise<void> {
    this.#preferences.remember({ [kind]: deviceId });
    if (kind === 'speaker') await this.speaker.choose(deviceId);
    else await this[kind].switchTo(deviceId);
  }

  /** Uses what was plugged in last, for all that it is. */
  async takeOffer(): Promise<void> {
    const uses = this.devices.offer?.uses ?? [];
    this.devices.forgetOffer();
    await Promise.all(uses.map(({ as, deviceId }) => this.choose(as, deviceId)));
  }

  /** Lets both devices and the screen go, so that their lights go out. */
  release(): void {
    this.#releases++;
    this.screen.stop();
    this.microphone.close();
    this.camera.close();
  }

  /** For good: from now on no device is taken any more. */
  close(): void {
    this.#isClosed = true;
    this.release();
    this.#meter.close();
    this.mutedSpeech.close();
    this.devices.close();
  }

  readonly #changed = () => {
    const track = this.microphone.track;
    this.cleanVoice.follow(this.#cleans ? track : null);
    this.blur.follow(this.#isBlurred ? this.camera.track : null);
    for (const each of [track, this.cleanVoice.track]) if (each) each.enabled = !this.#isMuted;
    const measured = this.microphoneOn ? this.#voice : null;
    if (measured !== this.#measured) this.#meter.measure(measured);
    this.#measured = measured;
    this.mutedSpeech.watch(this.#isMuted && !this.#isForbidden ? track : null);
    this.devices.refresh();
    this.changes.emit('state', this.state);
  };
}
