import type { Happenings } from './call-news.ts';

/** Of each sound its notes, one after the other, in Hz: up for who comes, down for who goes. */
const notes: Record<keyof Happenings, number[]> = {
  joined: [523.25, 783.99],
  left: [783.99, 523.25],
  raised: [659.25, 880, 1_046.5],
  message: [987.77],
};

/** Seconds from one note to the next, and how long each rings. */
const STEP = 0.1;
const RING = 0.28;
/** Far below a voice. */
const LOUDNESS = 0.05;

let context: AudioContext | undefined;

/** Plays a sound of its own, made of sine waves; silently nothing where the page may not make sound yet. */
export function playTone(kind: keyof Happenings): void {
  context ??= new AudioContext();
  // Made before anybody touched the page, it sleeps; it would play all it was given at once when it wakes.
  if (context.state !== 'running') {
    void context.resume();
    return;
  }
  const begin = context.currentTime;
  for (const [place, frequency] of notes[kind].entries())
    ring(context, frequency, begin + place * STEP);
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
