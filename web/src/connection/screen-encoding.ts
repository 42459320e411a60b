import type { CameraEncoding } from './camera-encoding.ts';

/** How a shared screen is encoded for one link: `degradation` is what gives way where the link is too narrow. */
export type ScreenEncoding = {
  encoding: { maxBitrate: number; maxFramerate: number };
  degradation: RTCDegradationPreference;
};

/** Of what a camera gets on the same link: text that cannot be read is worth nothing. */
const TIMES_CAMERA = 2.5;

/** A screen of text stays sharp and may stutter; one that moves stays smooth and may blur. The track's hint says which it is. */
export function screenEncoding(camera: CameraEncoding, contentHint: string): ScreenEncoding {
  const maxBitrate = camera.maxBitrate * TIMES_CAMERA;
  return contentHint === 'motion'
    ? { encoding: { maxBitrate, maxFramerate: 30 }, degradation: 'maintain-framerate' }
    : { encoding: { maxBitrate, maxFramerate: 15 }, degradation: 'maintain-resolution' };
}
