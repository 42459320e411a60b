/** How a camera is encoded for one link. */
export type CameraEncoding = { maxBitrate: number; scaleResolutionDownBy: number };

/** Every link has its own encoder and shares one upload: the more people, the less for each. Counts oneself. */
export function cameraEncoding(participants: number): CameraEncoding {
  if (participants <= 3) return { maxBitrate: 1_200_000, scaleResolutionDownBy: 1 };
  if (participants <= 6) return { maxBitrate: 500_000, scaleResolutionDownBy: 1 };
  return { maxBitrate: 200_000, scaleResolutionDownBy: 2 };
}

/** How far to shrink the first pictures of a link. */
const FIRST_SCALE = 4;

/**
 * The same, for a link's first moment. A browser takes a new way for a slow one: of a large picture it drops frame after frame
 * until it has found a size that fits, which costs longer than all signals. A small picture goes out at once.
 */
export function firstCameraEncoding(encoding: CameraEncoding): CameraEncoding {
  const { scaleResolutionDownBy } = encoding;
  return { ...encoding, scaleResolutionDownBy: Math.max(FIRST_SCALE, scaleResolutionDownBy) };
}
