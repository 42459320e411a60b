import type { MeetingLink } from '../../connection/meeting-link.ts';
import type { Capture } from '../capture.svelte.ts';
import type { LocalMedia } from '../local-media.svelte.ts';
import { type Finding, type NetworkSubject, type Subject, networkSubjects } from './findings.ts';
import { playTestSound } from './play-test-sound.ts';
import { type Verdict, verdictOf } from './verdict.ts';

/** How long somebody who was asked to speak may be silent until they are asked again, in milliseconds. */
const QUIET_MS = 8_000;

const all = (name: 'waiting' | 'running' | 'no-server') =>
  Object.fromEntries(networkSubjects.map((subject) => [subject, { name }])) as Record<
    NetworkSubject,
    Finding
  >;

/** One visit to the connection check: what was found, and what the person still has to say. */
export class ConnectionCheck {
  readonly media: LocalMedia;
  readonly #link: MeetingLink | null;
  readonly #stopListening: () => void;
  #network = $state.raw(all('waiting'));
  #picture = $state<'bright' | 'dark' | null>(null);
  #voice = $state<'asked' | 'quiet' | 'heard'>('asked');
  #ear = $state<Finding['name']>('waiting');
  #hasBegun = $state(false);
  #isMeasuring = $state(false);
  #quietTimer: ReturnType<typeof setTimeout> | undefined;

  readonly #found = $derived<Record<Subject, Finding>>({
    ...this.#network,
    camera: this.#camera(),
    microphone: this.#microphone(),
    speaker: this.#speaker(),
  });
  readonly #verdict = $derived(verdictOf(this.#found));

  /** `link` is that of the meeting one comes from, for a server that lets nobody else try its TURN. */
  constructor(media: LocalMedia, link: MeetingLink | null) {
    this.media = media;
    this.#link = link;
    this.#stopListening = media.changes.on('loudness', ({ speaking }) => {
      if (speaking) this.#voice = 'heard';
    });
  }

  get found(): Record<Subject, Finding> {
    return this.#found;
  }

  get verdict(): Verdict {
    return this.#verdict;
  }

  get hasBegun(): boolean {
    return this.#hasBegun;
  }

  get isMeasuring(): boolean {
    return this.#isMeasuring;
  }

  /** Measures all of it; what the person said about their devices stays said. */
  async run(): Promise<void> {
    if (this.#isMeasuring) return;
    this.#hasBegun = true;
    this.#isMeasuring = true;
    if (this.#ear === 'waiting') this.#ear = 'speaker-asks';
    this.#network = all('running');
    try {
      await Promise.all([this.#measureNetwork(), this.#takeDevices()]);
    } finally {
      this.#isMeasuring = false;
    }
  }

  /** What the preview shows. */
  sees(picture: 'bright' | 'dark'): void {
    this.#picture = picture;
  }

  /** To be called from a click: plays the test sound where the others would be heard. */
  playSound(): void {
    this.#ear = 'speaker-plays';
    void playTestSound(this.media.speaker).then((isPlayed) => {
      if (!isPlayed) this.#ear = 'speaker-blocked';
    });
  }

  heardSound(isHeard: boolean): void {
    this.#ear = isHeard ? 'speaker-fine' : 'speaker-unheard';
  }

  close(): void {
    clearTimeout(this.#quietTimer);
    this.#stopListening();
    this.media.close();
  }

  async #measureNetwork(): Promise<void> {
    const tell = (subject: NetworkSubject, finding: Finding) => {
      this.#network = { ...this.#network, [subject]: finding };
    };
    // Apart from what the green room shares with this page, which would otherwise carry the whole protocol along.
    const parts = await import('./network-probes.ts').catch(() => null);
    if (parts === null) {
      this.#network = { ...all('no-server'), server: { name: 'server-unreachable' } };
      return;
    }
    await parts.checkNetwork(parts.probesFor(this.#link), tell);
  }

  async #takeDevices(): Promise<void> {
    await this.media.start({ microphone: true, camera: true });
    clearTimeout(this.#quietTimer);
    this.#quietTimer = setTimeout(() => {
      if (this.#voice === 'asked') this.#voice = 'quiet';
    }, QUIET_MS);
  }

  #camera(): Finding {
    const { camera } = this.media;
    const hindered = this.#hindered(camera);
    if (hindered !== null) return hindered;
    if (this.#picture === null) return { name: 'running' };
    const name = this.#picture === 'dark' ? 'camera-dark' : 'camera-fine';
    return { name, details: [camera.track?.label ?? ''] };
  }

  #microphone(): Finding {
    const { microphone } = this.media;
    const hindered = this.#hindered(microphone);
    if (hindered !== null) return hindered;
    const names = {
      asked: 'microphone-asks',
      quiet: 'microphone-quiet',
      heard: 'microphone-fine',
    } as const;
    return { name: names[this.#voice], details: [microphone.track?.label ?? ''] };
  }

  #hindered({ trouble, track, isOpening }: Capture): Finding | null {
    if (!this.#hasBegun) return { name: 'waiting' };
    if (track !== null) return null;
    if (trouble !== null && !isOpening) return { name: 'device-fails', trouble };
    return { name: 'running' };
  }

  #speaker(): Finding {
    const isBlocked = this.#ear === 'speaker-plays' && this.media.speaker.isBlocked;
    return { name: isBlocked ? 'speaker-blocked' : this.#ear };
  }
}
