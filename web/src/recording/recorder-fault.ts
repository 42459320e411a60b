import type { RecorderFault } from './recorder-messages.ts';

/** What `error` means for somebody who records. */
export function faultOf(error: unknown): RecorderFault {
  return error instanceof DOMException && error.name === 'QuotaExceededError' ? 'full' : 'encoder';
}
