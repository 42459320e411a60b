import { allowScripts } from '../call/script-addresses.ts';
import type { RecorderOrder, RecorderReport } from './recorder-messages.ts';
import address from './recorder-worker.ts?worker&url';

/** The worker that composes, encodes and writes, from this page's side. */
export type RecorderWorker = {
  send(order: RecorderOrder, transferred?: Transferable[]): void;
  close(): void;
};

/** `onReport` also hears of a failure where the worker itself does not start or breaks. */
export function startWorker(onReport: (report: RecorderReport) => void): RecorderWorker {
  allowScripts(address);
  const worker = new Worker(address, { type: 'module' });
  worker.onmessage = ({ data }: MessageEvent<RecorderReport>) => onReport(data);
  worker.onerror = () => onReport({ what: 'failed', fault: 'encoder' });
  return {
    send: (order, transferred = []) => worker.postMessage(order, transferred),
    close: () => worker.terminate(),
  };
}
