import { HEIGHT, WIDTH } from './composition.ts';
import { leftRoom } from './left-room.ts';
import { CHANNELS, RATE } from './recorder-messages.ts';
import { keptRecordings } from './recording-store.ts';

/** With less room on the disk nothing is begun; bytes. */
const LEAST_ROOM = 200_000_000;

/** What stands in the way of a recording in this browser; null where there is nothing. */
export async function obstacleToRecording(): Promise<'unsupported' | 'full' | null> {
  if (typeof VideoEncoder !== 'function' || typeof AudioEncoder !== 'function')
    return 'unsupported';
  try {
    const picture = { codec: 'vp8', width: WIDTH, height: HEIGHT };
    const sound = { codec: 'opus', sampleRate: RATE, numberOfChannels: CHANNELS };
    const [video, audio] = await Promise.all([
      VideoEncoder.isConfigSupported(picture),
      AudioEncoder.isConfigSupported(sound),
      // Some private windows keep no files.
      keptRecordings(),
    ]);
    if (!video.supported || !audio.supported) return 'unsupported';
    return (await leftRoom()) < LEAST_ROOM ? 'full' : null;
  } catch {
    return 'unsupported';
  }
}
