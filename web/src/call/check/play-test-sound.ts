import type { SpeakerOutput } from '../speaker-output.svelte.ts';
import { testSound } from './test-sound.ts';

/** Plays two notes where the others are heard. Resolves at their end with whether the browser could play them. */
export function playTestSound(speaker: SpeakerOutput): Promise<boolean> {
  const address = URL.createObjectURL(testSound());
  const audio = new Audio(address);
  const remove = speaker.add(audio);
  return new Promise<boolean>((resolve) => {
    audio.addEventListener('ended', () => resolve(true), { once: true });
    audio.addEventListener('error', () => resolve(false), { once: true });
  }).finally(() => {
    remove();
    URL.revokeObjectURL(address);
  });
}
