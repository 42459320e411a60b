import { VirtualBackgroundProcessor } from '@shiguredo/virtual-background';
import files from 'virtual:background-files';
import { firstFrame } from './first-frame.ts';
import { allowScripts } from './script-addresses.ts';
import type { Treatment } from './treated-track.svelte.ts';

/** Of the blur, in pixels for every pixel of the picture's height: what stands on a shelf cannot be read any more. */
const RADIUS = 1 / 36;
/** A slow computer draws its first picture after ten seconds; milliseconds. */
const PATIENCE_MS = 30_000;

/** What the type of a browser's tracks does not know yet (Media Capture Extensions, §4). */
type Blurrable = { backgroundBlur?: boolean[] };

/**
 * Blurs the room in a camera's picture, with what the system offers, or else with a model of this origin that tells people from rooms (MediaPipe's);
 * costs no word to anybody. Throws where the browser cannot. `onStop` hears when nothing comes any more.
 */
export async function blurBackground(
  camera: MediaStreamTrack,
  onStop: () => void,
): Promise<Treatment> {
  if (await hasSystemBlur(camera, true))
    return { track: camera, close: () => void hasSystemBlur(camera, false) };
  if (!VirtualBackgroundProcessor.isSupported()) throw new Error('This browser cannot.');
  // The model loads its own parts as scripts.
  allowScripts(files);
  const processor = new VirtualBackgroundProcessor(files);
  const { height = 360 } = camera.getSettings();
  const blurRadius = Math.round(height * RADIUS);
  try {
    const track = await processor.startProcessing(camera as MediaStreamVideoTrack, { blurRadius });
    // Where nothing can be computed, nothing comes, and nobody is told.
    await firstFrame(track, PATIENCE_MS);
    track.addEventListener('ended', onStop);
    return {
      track,
      close: () => {
        track.removeEventListener('ended', onStop);
        processor.stopProcessing();
      },
    };
  } catch (error) {
    processor.stopProcessing();
    throw error;
  }
}

/** Whether the system blurs as it is told: some can, some always do. */
async function hasSystemBlur(camera: MediaStreamTrack, isWanted: boolean): Promise<boolean> {
  // Absent in Firefox before 132.
  const { getCapabilities } = camera as { getCapabilities?: () => Blurrable };
  const offered = getCapabilities?.call(camera).backgroundBlur ?? [];
  if (!offered.includes(isWanted)) return false;
  const wanted = { ...camera.getConstraints(), backgroundBlur: isWanted };
  await camera.applyConstraints(wanted).catch(() => undefined);
  return (camera.getSettings() as { backgroundBlur?: boolean }).backgroundBlur === isWanted;
}
