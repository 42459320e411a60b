import { expect, test } from 'vitest';
import { cameraEncoding, firstCameraEncoding } from './camera-encoding.ts';

test.each([
  [1, { maxBitrate: 1_200_000, scaleResolutionDownBy: 1 }],
  [3, { maxBitrate: 1_200_000, scaleResolutionDownBy: 1 }],
  [4, { maxBitrate: 500_000, scaleResolutionDownBy: 1 }],
  [6, { maxBitrate: 500_000, scaleResolutionDownBy: 1 }],
  [7, { maxBitrate: 200_000, scaleResolutionDownBy: 2 }],
  [12, { maxBitrate: 200_000, scaleResolutionDownBy: 2 }],
])('among %i people a camera gets its share of the upload', (people, encoding) => {
  expect(cameraEncoding(people)).toEqual(encoding);
});

test('first pictures are small, and never larger than later ones', () => {
  expect(firstCameraEncoding({ maxBitrate: 500_000, scaleResolutionDownBy: 1 })).toEqual({
    maxBitrate: 500_000,
    scaleResolutionDownBy: 4,
  });
  expect(
    firstCameraEncoding({ maxBitrate: 500_000, scaleResolutionDownBy: 6 }).scaleResolutionDownBy,
  ).toBe(6);
});
