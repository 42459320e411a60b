import { expect, test } from 'vitest';
import { testSound } from './test-sound.ts';

test('the test sound is a WAV file as long as it says, audible, never clipped, silent at both ends', async () => {
  const blob = testSound();
  const view = new DataView(await blob.arrayBuffer());
  const text = (at: number) =>
    String.fromCharCode(...Array.from({ length: 4 }, (_, index) => view.getUint8(at + index)));
  expect([text(0), text(8), text(12), text(36)]).toEqual(['RIFF', 'WAVE', 'fmt ', 'data']);
  expect(view.getUint32(4, true)).toBe(view.byteLength - 8);
  expect(view.getUint32(40, true)).toBe(view.byteLength - 44);
  const samples = Array.from({ length: (view.byteLength - 44) / 2 }, (_, index) =>
    view.getInt16(44 + index * 2, true),
  );
  const loudest = samples.reduce((most, sample) => Math.max(most, Math.abs(sample)), 0);
  expect(loudest).toBeGreaterThan(10_000);
  expect(loudest).toBeLessThan(20_000);
  expect([samples[0], Math.abs(samples.at(-1) ?? 99) < 50]).toEqual([0, true]);
});
