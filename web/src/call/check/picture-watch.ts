const EVERY_MS = 500;
const [WIDTH, HEIGHT] = [16, 9];
/** Of 255: the noise of a sensor behind a closed cover stays below, a dim room does not. */
const DARK = 14;

/** Looks at what `video` shows twice a second, until the returned function is called: a covered camera is all dark. */
export function watchPicture(
  video: HTMLVideoElement,
  tell: (picture: 'bright' | 'dark') => void,
): () => void {
  const canvas = new OffscreenCanvas(WIDTH, HEIGHT);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  const look = () => {
    if (context === null || video.videoWidth === 0) return;
    context.drawImage(video, 0, 0, WIDTH, HEIGHT);
    tell(isDark(context.getImageData(0, 0, WIDTH, HEIGHT).data) ? 'dark' : 'bright');
  };
  const timer = setInterval(look, EVERY_MS);
  return () => clearInterval(timer);
}

/** Whether no part of a picture in RGBA is brighter than noise. */
export function isDark(pixels: Uint8ClampedArray): boolean {
  return pixels.every((value, index) => index % 4 === 3 || value <= DARK);
}
