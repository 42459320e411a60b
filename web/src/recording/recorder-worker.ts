import { faultOf } from './recorder-fault.ts';
import type { RecorderOrder, RecorderReport } from './recorder-messages.ts';
import { repairRecording } from './repair.ts';
import { Recording } from './recording.ts';

// Beside the page, whose timers the browser slows down while nobody looks at it: composes, encodes and writes.
const report = (what: RecorderReport) => {
  postMessage(what);
};
let recording: Recording | undefined;

self.onmessage = ({ data: order }: MessageEvent<RecorderOrder>) => {
  if (order.what === 'record') recording = new Recording(order, report);
  else if (order.what === 'repair')
    repairRecording(order.name).then(
      () => report({ what: 'done' }),
      (error: unknown) => report({ what: 'failed', fault: faultOf(error) }),
    );
  else recording?.obey(order);
};
