import { holdRecording } from './hold-recording.ts';
import { startWorker } from './start-worker.ts';

/** Makes a recording whole that its page left in the middle. Rejects where it stays as it is. */
export async function repairInWorker(name: string): Promise<void> {
  const release = holdRecording(name);
  try {
    await new Promise<void>((resolve, reject) => {
      const worker = startWorker((report) => {
        worker.close();
        if (report.what === 'done') resolve();
        else reject(new Error('The recording could not be repaired.'));
      });
      worker.send({ what: 'repair', name });
    });
  } finally {
    release();
  }
}
