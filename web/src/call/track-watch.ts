import { watchFrames } from './frame-flow.ts';

export type TrackWatcher = {
  /** It ended by itself: our own `stop()` is silent. */
  onEnd: () => void;
  /** It is there and gives nothing, or gives again. */
  onFlow: (isFlowing: boolean) => void;
};

/** Watches what the system does to one's own track, until the returned function is called. */
export function watchTrack(track: MediaStreamTrack, watcher: TrackWatcher): () => void {
  const told = () => watcher.onFlow(!track.muted);
  track.addEventListener('ended', watcher.onEnd, { once: true });
  track.addEventListener('mute', told);
  track.addEventListener('unmute', told);
  const stopFrames = track.kind === 'video' ? watchFrames(track, watcher.onFlow) : null;
  if (track.muted) told();
  return () => {
    track.removeEventListener('ended', watcher.onEnd);
    track.removeEventListener('mute', told);
    track.removeEventListener('unmute', told);
    stopFrames?.();
  };
}
