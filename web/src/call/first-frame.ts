const EVERY_MS = 1_000;

/**
 * Resolves when `track` has given its first picture. Rejects where none has come within `patience` milliseconds in which the page could be
 * seen: hidden pages are told of no pictures.
 */
export function firstFrame(track: MediaStreamTrack, patience: number): Promise<void> {
  const video = document.createElement('video');
  video.muted = true;
  video.srcObject = new MediaStream([track]);
  let timer: ReturnType<typeof setInterval> | undefined;
  let left = patience;
  return new Promise<void>((resolve, reject) => {
    timer = setInterval(() => {
      if (document.visibilityState !== 'visible') return;
      left -= EVERY_MS;
      if (left <= 0) reject(new Error('No picture comes.'));
    }, EVERY_MS);
    video.requestVideoFrameCallback(() => resolve());
    video.play().catch(reject);
  }).finally(() => {
    clearInterval(timer);
    video.srcObject = null;
  });
}
