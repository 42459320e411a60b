/** Why a camera or microphone does not work, in the kinds that a person can do something about. */
export type MediaTrouble =
  /** The person, the browser or the system refused. */
  | 'denied'
  /** Another program holds the device, or the system does not let go of it. */
  | 'in-use'
  /** There is no such device. */
  | 'none'
  /** It was there and went away while in use. */
  | 'unplugged'
  /** It ended by itself, though it is there. */
  | 'stopped'
  /** It is there and gives nothing, also when it is taken anew. */
  | 'silent'
  /** It works, but the room in its picture could not be blurred. */
  | 'unblurred'
  /** The page was not loaded over HTTPS, so the browser offers no devices. */
  | 'insecure'
  /** The browser cannot capture at all. */
  | 'unsupported'
  /** Anything else. */
  | 'failed';

/**
 * Names the trouble behind what `getUserMedia` threw (Media Capture and Streams §10.3.1, and older browsers' names). What the browser lacks
 * is seen beforehand.
 */
export function troubleOf(error: unknown): MediaTrouble {
  const name = error instanceof Error || error instanceof DOMException ? error.name : '';
  switch (name) {
    case 'NotAllowedError':
    case 'PermissionDeniedError':
      return 'denied';
    case 'NotReadableError':
    case 'TrackStartError':
    case 'AbortError':
      return 'in-use';
    case 'NotFoundError':
    case 'DevicesNotFoundError':
    case 'OverconstrainedError':
      return 'none';
    case 'SecurityError':
      return 'insecure';
    default:
      return 'failed';
  }
}

/** What stands in the way before anybody is asked; null if nothing does. */
export function troubleBeforehand(
  page: { isSecureContext: boolean; navigator: { mediaDevices?: MediaDevices } } = window,
): MediaTrouble | null {
  if (!page.isSecureContext) return 'insecure';
  // Absent in browsers without capture, whatever the type says.
  if (typeof page.navigator.mediaDevices?.getUserMedia !== 'function') return 'unsupported';
  return null;
}
