const EVERY_MS = 1_000;
/** So many looks in a row without a new frame; the darkest camera gives one in half a second. */
const MISSED = 4;

/**
 * Tells when a camera's track gives no frames any more although it is live, and when it does again; until the returned function is
 * called. Browsers mute such a track at best, and for some cameras do not. While the page is hidden nothing is known, and nothing told.
 */
export function watchFrames(
  track: MediaStreamTrack,
  tell: (isFlowing: boolean) => void,
): () => void {
  const video = document.createElement('video');
  // Firefox before 132 does not tell of frames.
  if (!('requestVideoFrameCallback' in video)) return () => undefined;
  video.muted = true;
  video.srcObject = new MediaStream([track]);
  // Refused where the page is not allowed to play anything: then no frame comes, and there is nothing to compare with.
  let hasPlayed = false;
  video.play().catch(() => undefined);

  let missed = 0;
  let isAwaited = false;
  const seen = () => {
    if (hasPlayed && missed >= MISSED) tell(true);
    hasPlayed = true;
    isAwaited = false;
    missed = 0;
  };
  const look = () => {
    // A frame a second is enough to know, and costs less than all of them.
    if (!isAwaited) video.requestVideoFrameCallback(seen);
    else if (document.visibilityState === 'visible' && ++missed === MISSED && hasPlayed)
      tell(false);
    isAwaited = true;
  };
  look();
  const timer = setInterval(look, EVERY_MS);
  return () => {
    clearInterval(timer);
    video.srcObject = null;
  };
}
