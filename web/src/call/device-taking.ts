import { troubleOf } from './media-trouble.ts';

export type CaptureKind = 'microphone' | 'camera';

/** Asks the browser for this device ('' leaves the choice to it), and for any other where that one is not there. Throws as `getUserMedia`. */
export async function takeAny(
  kind: CaptureKind,
  deviceId: string,
  wanted: MediaTrackConstraints,
): Promise<MediaStreamTrack> {
  try {
    return await takeSame(kind, deviceId, wanted);
  } catch (error) {
    // The remembered device may be at home, on the desk: any other is better than none.
    if (deviceId !== '' && troubleOf(error) === 'none') return takeSame(kind, '', wanted);
    throw error;
  }
}

/** Asks the browser for this device and no other, unless it is ''. Throws as `getUserMedia`. */
export async function takeSame(
  kind: CaptureKind,
  deviceId: string,
  wanted: MediaTrackConstraints,
): Promise<MediaStreamTrack> {
  const constraints = deviceId === '' ? wanted : { ...wanted, deviceId: { exact: deviceId } };
  const section = kind === 'microphone' ? 'audio' : 'video';
  const stream = await navigator.mediaDevices.getUserMedia({ [section]: constraints });
  const track = stream.getTracks()[0];
  if (track === undefined) throw new DOMException('No track was given.', 'NotFoundError');
  return track;
}

/** Whether a device whose track ended is there still and may be had without a prompt: a person may have taken it back (Permissions §5.1). */
export async function canTakeAgain(kind: CaptureKind, deviceId: string): Promise<boolean> {
  if (!(await listed(kind)).includes(deviceId)) return false;
  try {
    return (await navigator.permissions.query({ name: kind })).state === 'granted';
  } catch {
    return false;
  }
}

/** Whether there is another device of this kind than the one of this id. */
export async function hasAnother(kind: CaptureKind, deviceId: string): Promise<boolean> {
  return (await listed(kind)).some((id) => id !== '' && id !== deviceId);
}

async function listed(wanted: CaptureKind): Promise<string[]> {
  const devices = await navigator.mediaDevices.enumerateDevices().catch(() => []);
  const input = wanted === 'microphone' ? 'audioinput' : 'videoinput';
  return devices.filter(({ kind }) => kind === input).map(({ deviceId }) => deviceId);
}
