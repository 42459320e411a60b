/**
 * Runs in a page before its own scripts, and must not refer to anything outside itself: whatever the app has done to what it sends, and
 * whatever it closes, the browser goes on.
 */
export function disobey(): void {
  Object.defineProperty(MediaStreamTrack.prototype, 'enabled', {
    get: () => true,
    set: () => undefined,
  });
  MediaStreamTrack.prototype.stop = () => undefined;
  const { replaceTrack } = RTCRtpSender.prototype as {
    replaceTrack: (this: RTCRtpSender, track: MediaStreamTrack | null) => Promise<void>;
  };
  RTCRtpSender.prototype.replaceTrack = function replaceNever(track) {
    return track === null ? Promise.resolve() : replaceTrack.call(this, track);
  };
}
