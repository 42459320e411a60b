import { expect, it } from 'vitest';
import { cameraEncoding } from './camera-encoding.ts';
import { screenEncoding } from './screen-encoding.ts';

it('keeps text sharp, and what moves smooth', () => {
  const text = screenEncoding(cameraEncoding(2), 'detail');
  const film = screenEncoding(cameraEncoding(2), 'motion');
  expect([text.degradation, film.degradation]).toEqual([
    'maintain-resolution',
    'maintain-framerate',
  ]);
  expect(text.encoding.maxFramerate).toBeLessThan(film.encoding.maxFramerate);
});

it('gives each link more than its camera has, and less the more people there are', () => {
  const rates = [2, 5, 12].map((participants) => {
    const camera = cameraEncoding(participants);
    const { maxBitrate } = screenEncoding(camera, 'detail').encoding;
    expect(maxBitrate).toBeGreaterThan(camera.maxBitrate);
    return maxBitrate;
  });
  expect(rates).toEqual(rates.toSorted((one, other) => other - one));
  expect(new Set(rates).size).toBe(3);
});
