/** How a camera is encoded for one link. */
export type CameraEncoding = { maxBitrate: number; scaleResolutionDownBy: number };

/** Every link has its own encoder and shares one upload: the more people, the less for each. Counts oneself. */
export function cameraEncoding(participants: number): CameraEncoding {
  if (participants <= 3) return { maxBitrate: 1_200_000, scaleResolutionDownBy: 1 };
  if (participants <= 6) return { maxBitrate: 500_000, scaleResolutionDownBy: 1 };
  return { maxBitrate: 200_000, scaleResolutionDownBy: 2 };
}
