import { expect, it } from 'vitest';
import { DominantSpeaker } from './dominant-speaker.svelte.ts';

/** Tells `speaker` ten times a second who speaks, from `from` until `until`, in milliseconds. */
function hearing(speaker: DominantSpeaker, who: string[], from: number, until: number) {
  for (let now = from; now <= until; now += 100)
    for (const id of ['ada', 'bo', 'cy']) speaker.hear(id, who.includes(id), now);
}

it('belongs to nobody before anybody has spoken, and not to a cough', () => {
  const speaker = new DominantSpeaker();
  hearing(speaker, ['ada'], 0, 500);
  hearing(speaker, [], 600, 2_000);
  expect(speaker.id).toBeNull();
});

it('goes to whoever speaks, and stays with them through a pause', () => {
  const speaker = new DominantSpeaker();
  hearing(speaker, ['ada'], 0, 700);
  expect(speaker.id).toBe('ada');
  hearing(speaker, [], 800, 60_000);
  expect(speaker.id).toBe('ada');
});

it('is not taken from whoever is speaking, nor within two seconds', () => {
  const speaker = new DominantSpeaker();
  hearing(speaker, ['ada'], 0, 600);
  hearing(speaker, ['bo'], 700, 2_500);
  expect(speaker.id).toBe('ada');
  hearing(speaker, ['bo'], 2_600, 2_700);
  expect(speaker.id).toBe('bo');
  hearing(speaker, ['ada', 'bo', 'cy'], 2_800, 20_000);
  expect(speaker.id).toBe('bo');
});

it('of several it goes to whoever began first', () => {
  const speaker = new DominantSpeaker();
  hearing(speaker, ['cy'], 0, 100);
  hearing(speaker, ['ada', 'cy'], 200, 1_000);
  expect(speaker.id).toBe('cy');
});

it('goes to another at once when its holder has left', () => {
  const speaker = new DominantSpeaker();
  hearing(speaker, ['ada'], 0, 900);
  speaker.forget('ada');
  expect(speaker.id).toBeNull();
  hearing(speaker, ['bo'], 1_000, 1_700);
  expect(speaker.id).toBe('bo');
});

it('is not kept by somebody of whom nothing is heard any more', () => {
  const speaker = new DominantSpeaker();
  hearing(speaker, ['ada'], 0, 900);
  for (let now = 1_000; now <= 4_000; now += 100) speaker.hear('bo', true, now);
  expect(speaker.id).toBe('bo');
});
