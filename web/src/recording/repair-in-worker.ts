import { holdRecording } from './hold-recording.ts';
import type { RecorderFault } from './recorder-messages.ts';
import { startWorker } from './start-worker.ts';

/** Makes a recording whole that its page left in the middle. Resolves with why it stays as it is; null when it is whole. */
export async function repairInWorker(name: string): Promise<RecorderFault | null> {
  const release = holdRecording(name);
  try {
    return await new Promise((resolve) => {
      const worker = startWorker((report) => {
        worker.close();
        resolve(report.what === 'failed' ? report.fault : null);
      });
      worker.send({ what: 'repair', name });
    });
  } finally {
    release();
  }
}
