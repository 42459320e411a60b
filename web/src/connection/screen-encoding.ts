import type { CameraEncoding } from './camera-encoding.ts';

/** How a shared screen is encoded for one link: `degradation` is what gives way where the link is too narrow. */
export type ScreenEncoding = {
  encoding: { maxBitrate: number; maxFramerate: number; scaleResolutionDownBy: number };
  degradation: RTCDegradationPreference;
};

/** Of what a camera gets on the same link: text that cannot be read is worth nothing. */
const TIMES_CAMERA = 2.5;

/** A screen of text stays sharp and may stutter; one that moves stays smooth and may blur. The track's hint says which it is. */
export function screenEncoding(camera: CameraEncoding, contentHint: string): ScreenEncoding {
  const rates = { maxBitrate: camera.maxBitrate * TIMES_CAMERA, scaleResolutionDownBy: 1 };
  return contentHint === 'motion'
    ? { encoding: { ...rates, maxFramerate: 30 }, degradation: 'maintain-framerate' }
    : { encoding: { ...rates, maxFramerate: 15 }, degradation: 'maintain-resolution' };
}

/** Pixels across of a screen's first pictures. */
const FIRST_WIDTH = 1_280;

/** The same, for a share's first moment: a large picture takes so long to encode and to carry that a smaller one is there twice as soon. */
export function firstScreenEncoding(screen: ScreenEncoding, width = 0): ScreenEncoding {
  const scaleResolutionDownBy = Math.max(1, width / FIRST_WIDTH);
  return { ...screen, encoding: { ...screen.encoding, scaleResolutionDownBy } };
}
