import type { Happenings } from './call-news.ts';

/** Of each sound its notes, one after the other, in Hz: up for who comes, down for who goes. */
const notes: Record<keyof Happenings, number[]> = {
  joined: [523.25, 783.99],
  left: [783.99, 523.25],
  raised: [659.25, 880, 1_046.5],
  message: [987.77],
  knocked: [440, 440, 587.33],
  recorded: [880, 659.25, 880],
};

/** Seconds from one note to the next, and how long each rings. */
const STEP = 0.1;
const RING = 0.28;
/** Far below a voice. */
const LOUDNESS = 0.05;

/** After so long without a sound the speaker is let go; milliseconds. */
const REST_MS = 2_000;

let context: AudioContext | undefined;
let isResting = false;
let resting: ReturnType<typeof setTimeout> | undefined;

/** Plays a sound of its own, made of sine waves; silently nothing where the page may not make sound yet. */
export function playTone(kind: keyof Happenings): void {
  const speaker = (context ??= new AudioContext());
  clearTimeout(resting);
  resting = setTimeout(() => {
    isResting = speaker.state === 'running';
    if (isResting) void speaker.suspend();
  }, REST_MS);
  if (isResting) void speaker.resume().then(() => ringOut(speaker, kind));
  else if (speaker.state === 'running') ringOut(speaker, kind);
  // Made before anybody touched the page, it sleeps; it would play all it was given at once when it wakes.
  else void speaker.resume();
  isResting = false;
}

function ringOut(speaker: AudioContext, kind: keyof Happenings): void {
  const begin = speaker.currentTime;
  for (const [place, frequency] of notes[kind].entries())
    ring(speaker, frequency, begin + place * STEP);
}

function ring(to: AudioContext, frequency: number, at: number): void {
  const volume = new GainNode(to, { gain: 0 });
  volume.gain.setValueAtTime(0, at);
  volume.gain.linearRampToValueAtTime(LOUDNESS, at + 0.012);
  volume.gain.exponentialRampToValueAtTime(0.000_1, at + RING);
  const wave = new OscillatorNode(to, { frequency });
  wave.connect(volume).connect(to.destination);
  wave.start(at);
  wave.stop(at + RING);
}
