import type { LinkStanding, LiveReaction, MediaState, Role } from '@confab/protocol';
import type { ParticipantView, Slot } from '../connection/meeting-events.ts';
import { isWorking } from './link-matrix.svelte.ts';

export type ParticipantTracks = Partial<Record<Slot, MediaStreamTrack>>;

/** One person in the meeting as the screen shows them. */
export class Participant {
  readonly id: string;
  readonly isSelf: boolean;
  /** Another one for each time that their page is loaded. */
  incarnation = $state('');
  #name = $state<string | null>(null);
  #role = $state<Role>('participant');
  #presence = $state<ParticipantView['presence']>('present');
  #hand = $state<number | null>(null);
  #reaction = $state<LiveReaction | null>(null);
  #speech = $state<ParticipantView['speech']>();
  #isSilenced = false;
  /** Whether they say that their microphone is on, by way of the server or by a level that comes over the link (R101). */
  #saysOn = false;
  #wantedHand = $state<boolean | null>(null);
  #media = $state.raw<MediaState>({ microphone: false, camera: false });
  #link = $state<LinkStanding | 'closed'>('connecting');
  #tracks = $state.raw<ParticipantTracks>({});
  #picture = $state.raw<MediaStream | null>(null);
  #drawn: MediaStreamTrack | undefined;
  #isSpeaking = $state(false);
  readonly #microphone = $derived(this.#tracks.microphone);
  // One stream for as long as its track is the same: a new one would restart the sound.
  readonly #isSharing = $derived(this.#media.screen ?? false);
  readonly #screenTrack = $derived(this.#isSharing ? this.#tracks.screen : undefined);
  readonly #screen = $derived(this.#screenTrack ? new MediaStream([this.#screenTrack]) : null);
  readonly #screenSoundTrack = $derived(this.#isSharing ? this.#tracks.screenSound : undefined);
  readonly #screenSound = $derived(
    this.#screenSoundTrack ? new MediaStream([this.#screenSoundTrack]) : null,
  );
  readonly #sound = $derived(this.#microphone ? new MediaStream([this.#microphone]) : null);

  constructor(view: ParticipantView) {
    this.id = view.id;
    this.isSelf = view.isSelf;
    if (view.isSelf) this.#link = 'ok';
    this.show(view);
  }

  /** Null when the name could not be opened. */
  get name(): string | null {
    return this.#name;
  }

  /** Their place among raised hands; null while it is down, or the server has not given one yet (R57). */
  get hand(): number | null {
    return this.#hand;
  }

  get isHandUp(): boolean {
    return this.#wantedHand ?? this.#hand !== null;
  }

  /** Absent while they may speak (R67). */
  get speech(): ParticipantView['speech'] {
    return this.#speech;
  }

  /** Whether a host has it that nobody hears them (R67, R101). */
  get isSilenced(): boolean {
    return this.#isSilenced;
  }

  /** Nobody looks at their page (R59). */
  get isAway(): boolean {
    return this.#presence === 'away';
  }

  /** What they show everybody just now. */
  get reaction(): LiveReaction | null {
    return this.#reaction;
  }

  get role(): Role {
    return this.#role;
  }

  get media(): MediaState {
    return this.#media;
  }

  /** Of somebody who cannot be reached it is not known, whatever was last heard. */
  get isSpeaking(): boolean {
    return this.#isSpeaking && this.#media.microphone && this.isReached;
  }

  /** What to say about the way to this person; `ok` needs no words. */
  get standing(): LinkStanding | 'reconnecting' | 'closed' {
    if (this.isSelf) return 'ok';
    if (this.isReached && this.#presence === 'reconnecting') return 'reconnecting';
    return this.#link;
  }

  /** Whether picture and sound get through, well or badly. */
  get isReached(): boolean {
    return this.isSelf || (this.#link !== 'closed' && isWorking(this.#link));
  }

  get picture(): MediaStream | null {
    return this.#picture;
  }

  get sound(): MediaStream | null {
    return this.#sound;
  }

  /** Whether they say that they share a screen; its picture may come a moment later (R55). */
  get isSharing(): boolean {
    return this.#isSharing;
  }

  get screen(): MediaStream | null {
    return this.#screen;
  }

  get screenSound(): MediaStream | null {
    return this.#screenSound;
  }

  /** Takes over what the snapshot says. */
  show(view: ParticipantView): void {
    this.incarnation = view.incarnation;
    this.#name = view.name;
    this.#role = view.role;
    this.#presence = view.presence;
    this.#hand = view.hand;
    this.#speech = view.speech;
    this.#isSilenced = view.speech !== undefined || (view.stopped?.includes('microphone') ?? false);
    this.setMedia(view.media);
  }

  /** How one's own hand is to be, whatever the server last said; null where that counts. */
  wantHand(isUp: boolean | null): void {
    this.#wantedHand = isUp;
  }

  setReaction(emoji: LiveReaction | null): void {
    this.#reaction = emoji;
  }

  /** `closed`: by this page, since theirs disobeys a host (R100). */
  setLink(standing: LinkStanding | 'closed', tracks: ParticipantTracks): void {
    this.#link = standing;
    this.setTracks(tracks);
  }

  setTracks(tracks: ParticipantTracks): void {
    this.#tracks = tracks;
    this.#draw();
  }

  setMedia(media: MediaState): void {
    if (media.microphone !== this.#media.microphone) this.#saysOn = media.microphone;
    this.#media = media;
    this.#draw();
  }

  setLevel(level: number, isSpeaking: boolean): void {
    if (level > 0 && !this.#saysOn) {
      this.#saysOn = true;
      this.#draw();
    }
    this.#isSpeaking = isSpeaking;
  }

  // One stream for as long as its track is the same: a new one would restart the picture. Between two connections a link has no
  // tracks for a moment, and the camera is on all the same.
  #draw(): void {
    const { camera, microphone, screenSound } = this.#tracks;
    // Whatever their page sends: nothing is heard of whoever may not speak, or is muted (R67, R101).
    if (!this.isSelf) {
      if (microphone) microphone.enabled = this.#saysOn && !this.#isSilenced;
      if (screenSound) screenSound.enabled = !this.#speech;
    }
    if (!camera)
      this.#picture = this.#media.camera && this.#link !== 'closed' ? this.#picture : null;
    else if (!this.#picture || camera !== this.#drawn) this.#picture = new MediaStream([camera]);
    this.#drawn = camera;
  }
}
