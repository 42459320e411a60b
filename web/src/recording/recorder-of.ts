import type { Call } from '../call/call.svelte.ts';
import { Recorder } from './recorder.svelte.ts';
import { Recordings } from './recordings.svelte.ts';

/** What records `call`, made when it is first wanted. `nameless` stands for a name that cannot be read. */
export function recorderOf(call: Call, nameless: string): Recorder {
  const recordings = (call.recordings ??= new Recordings(call));
  return (recordings.recorder ??= new Recorder(call, recordings, nameless));
}
